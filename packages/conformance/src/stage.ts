/** An exchange of any protocol, as it was read from a vector file. */
export interface StagedExchange {
  readonly protocol: string;
  readonly host: string;
  readonly exchange: unknown;
}

/**
 * What the third party is to be asked now, and what it answers. Players of all protocols share one.
 *
 * Exchanges of the vector come before those of the session. Among several that fit, the first one in the file's order
 * is next, so that the same request may be answered differently the second time.
 */
export class Stage {
  readonly #session: readonly StagedExchange[];
  #waiting: StagedExchange[] = [];
  #unexpected: string[] = [];
  #whenPlayed: (() => void) | undefined;
  #isRepeatable = false;
  #round = 0;

  /** @param session exchanges that are answered whenever they are asked for, any number of times */
  constructor(session: readonly StagedExchange[]) {
    this.#session = session;
  }

  /** From now on each of these is to be asked for, once. */
  begin(exchanges: readonly StagedExchange[]): void {
    this.#round += 1;
    this.#waiting = [...exchanges];
    this.#isRepeatable = false;
  }

  /** From now on each of these may be asked for, any number of times: under faults, nobody knows how often. */
  rehearse(exchanges: readonly StagedExchange[]): void {
    this.#round += 1;
    this.#waiting = [...exchanges];
    this.#isRepeatable = true;
  }

  /** Grows with each vector, so that a player of a protocol with kept connections knows that another has begun. */
  get round(): number {
    return this.#round;
  }

  /** What one protocol is still to be asked, in the file's order; for a protocol whose server speaks first. */
  waiting<Exchange>(protocol: string): Exchange[] {
    return this.#waiting.filter((staged) => staged.protocol === protocol).map(({ exchange }) => exchange as Exchange);
  }

  /**
   * Finds the exchange that a request belongs to, and takes it off the list.
   *
   * @param protocol the player's
   * @param differs says what differs between an exchange and the request; undefined when it fits
   * @param asked the request in words, for the complaint
   * @returns undefined when nothing fits; the request was then unexpected
   */
  take<Exchange>(
    protocol: string,
    differs: (exchange: Exchange) => string | undefined,
    asked: string,
  ): Exchange | undefined {
    const candidates = [...this.#waiting, ...this.#session].filter((staged) => staged.protocol === protocol);
    const differences = candidates.map((staged) => differs(staged.exchange as Exchange));
    const [found, next] = candidates.filter((_staged, index) => differences[index] === undefined);
    if (found === undefined) {
      const nearest = this.#waiting.length === 0 ? "nothing more is expected" : differences.join("; ");
      this.#unexpected.push(`the third party was asked ${asked}: ${nearest}`);
      return undefined;
    }
    const isLast = next === undefined || !this.#waiting.includes(next);
    if (!(this.#isRepeatable && isLast)) this.#remove(found);
    return found.exchange as Exchange;
  }

  #remove(played: StagedExchange): void {
    this.#waiting = this.#waiting.filter((staged) => staged !== played);
    if (this.#waiting.length === 0) this.#whenPlayed?.();
  }

  /** Resolves when all exchanges of the vector were asked for, or when the time is over. */
  async played(withinMs: number): Promise<void> {
    if (this.#waiting.length === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, withinMs);
    this.#whenPlayed = resolve;
    await promise;
    clearTimeout(timer);
    this.#whenPlayed = undefined;
  }

  /** Ends the vector. @returns what was not asked for, and what was asked for that nobody expected */
  end(): string[] {
    const unused = this.#waiting.map(({ exchange }) => `the third party was not asked ${JSON.stringify(exchange)}`);
    const complaints = [...this.#unexpected, ...unused];
    this.#waiting = [];
    this.#unexpected = [];
    return complaints;
  }
}
