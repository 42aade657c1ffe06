/** Work of one kind: so much of it at once, and no more than so much waiting. */
export class Lanes {
  readonly #atOnce: number;
  readonly #atMostWaiting: number;
  readonly #queue: (() => Promise<void>)[] = [];
  readonly #onFree: (() => void)[] = [];
  readonly #onIdle: (() => void)[] = [];
  readonly #next = () => this.#finished();
  #running = 0;

  constructor(atOnce: number, atMostWaiting: number) {
    this.#atOnce = atOnce;
    this.#atMostWaiting = atMostWaiting;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** Starts the work now or when a lane is free; false when too much is waiting already. Work must not throw. */
  submit(work: () => Promise<void>): boolean {
    if (this.#running < this.#atOnce) this.#start(work);
    else if (this.#queue.length < this.#atMostWaiting) this.#queue.push(work);
    else return false;
    return true;
  }

  /** Resolves when a lane is free. */
  free(): Promise<void> {
    if (this.#running < this.#atOnce) return Promise.resolve();
    return new Promise((resolve) => this.#onFree.push(resolve));
  }

  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  #start(work: () => Promise<void>): void {
    this.#running += 1;
    work().then(this.#next, this.#next);
  }

  #finished(): void {
    this.#running -= 1;
    const work = this.#queue.shift();
    if (work !== undefined) {
      this.#start(work);
      return;
    }
    for (const resolve of this.#onFree.splice(0)) resolve();
    if (this.#running === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}
