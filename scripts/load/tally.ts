/** How a request ended. */
export interface Outcome {
  /** Of the reply; undefined when there was none with an integer status. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  /** Whether the reply came after the requester had given up. */
  readonly isLate: boolean;
}

/** What became of the requests to one bridge. */
export class Tally {
  sent = 0;
  /** In time, with an integer status. */
  answered = 0;
  /** Too late for a requester that goes by its deadline. */
  late = 0;
  /** Replies by the first digit of their status. */
  readonly classes = new Map<string, number>();
  readonly #latencies: number[] = [];

  add({ status, milliseconds, isLate }: Outcome): void {
    if (status === undefined) return;
    if (isLate) {
      this.late += 1;
      return;
    }
    this.answered += 1;
    const name = `${Math.floor(status / 100)}xx`;
    this.classes.set(name, (this.classes.get(name) ?? 0) + 1);
    this.#latencies.push(milliseconds);
  }

  /** Requests without any reply, however late. */
  get unanswered(): number {
    return this.sent - this.answered - this.late;
  }

  /** Milliseconds that a share of the replies took at most. */
  percentile(share: number): number {
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    const index = Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1);
    return Math.round((sorted[index] ?? 0) * 10) / 10;
  }
}
