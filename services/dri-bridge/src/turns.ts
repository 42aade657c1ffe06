/** Lets work on the same thing be done one after the other, and on different things at once. */
export interface Turns {
  take<T>(what: string, work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(what, work) {
      const before = last.get(what);
      const turn = (async () => {
        // However the one before ended is nothing to this one.
        await before?.catch(() => undefined);
        return await work();
      })();
      last.set(what, turn);
      try {
        return await turn;
      } finally {
        if (last.get(what) === turn) last.delete(what);
      }
    },
  };
}
