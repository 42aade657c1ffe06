/** Hands typed events to whoever listens, in the order they happened. */
export interface Feed<Events extends object> {
  emit<Type extends keyof Events>(type: Type, data: Events[Type]): void;
  /** @returns how to stop listening */
  listen(listener: <Type extends keyof Events>(type: Type, data: Events[Type]) => void): () => void;
}

export function createFeed<Events extends object>(): Feed<Events> {
  const listeners = new Set<<Type extends keyof Events>(type: Type, data: Events[Type]) => void>();
  return {
    emit(type, data) {
      for (const listener of listeners) listener(type, data);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
