/** Work of one kind, so much of it at once and no more than so much waiting. */
export interface Lanes {
  readonly running: number;
  readonly waiting: number;
  /** Starts the work now or when a lane is free; false when too much is waiting already. Work must not throw. */
  submit(work: () => Promise<void>): boolean;
  /** Resolves when a lane is free. */
  free(): Promise<void>;
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>;
}

export function createLanes(atOnce: number, atMostWaiting: number): Lanes {
  const queue: (() => Promise<void>)[] = [];
  const onFree: (() => void)[] = [];
  const onIdle: (() => void)[] = [];
  let running = 0;

  return {
    get running() {
      return running;
    },
    get waiting() {
      return queue.length;
    },
    submit(work) {
      if (running < atOnce) start(work);
      else if (queue.length < atMostWaiting) queue.push(work);
      else return false;
      return true;
    },
    free: () => (running < atOnce ? Promise.resolve() : new Promise((resolve) => onFree.push(resolve))),
    idle: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve))),
  };

  function start(work: () => Promise<void>): void {
    running += 1;
    work().finally(next);
  }

  function next(): void {
    running -= 1;
    const work = queue.shift();
    if (work !== undefined) return start(work);
    for (const resolve of onFree.splice(0)) resolve();
    if (running === 0) for (const resolve of onIdle.splice(0)) resolve();
  }
}
