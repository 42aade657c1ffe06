/** What became of the requests to one bridge. */
export class Tally {
  sent = 0;
  answered = 0;
  /** Replies by the first digit of their status. */
  readonly classes = new Map<string, number>();
  readonly #latencies: number[] = [];

  /** @param status of the reply; undefined when there was none */
  add(status: number | undefined, milliseconds: number): void {
    if (status === undefined) return;
    this.answered += 1;
    const name = `${Math.floor(status / 100)}xx`;
    this.classes.set(name, (this.classes.get(name) ?? 0) + 1);
    this.#latencies.push(milliseconds);
  }

  /** Milliseconds that a share of the replies took at most. */
  percentile(share: number): number {
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    const index = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
    return Math.round((sorted[index] ?? 0) * 10) / 10;
  }
}
