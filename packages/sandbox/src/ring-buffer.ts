/** The last so many items; older ones are forgotten, so that a sandbox can run for weeks. */
export interface RingBuffer<Item> {
  add(item: Item): void;
  /** Oldest first. */
  items(): Item[];
  clear(): void;
}

export function ringBuffer<Item>(capacity: number): RingBuffer<Item> {
  let kept: Item[] = [];
  return {
    add(item) {
      kept.push(item);
      // Cutting only at twice the capacity makes adding constant in time on average.
      if (kept.length >= capacity * 2) kept = kept.slice(-capacity);
    },
    items: () => kept.slice(-capacity),
    clear: () => {
      kept = [];
    },
  };
}
