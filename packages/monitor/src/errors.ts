/** The customer cache's answer until it was built for the first time: a 2xx, but nothing to work with. */
export const CACHE_IS_BEING_BUILT = 202;

/** A request was not answered with what was asked for. */
export class CallFailed extends Error {
  override readonly name = "CallFailed";
  readonly subject: string;
  readonly status: number;

  constructor(subject: string, status: number) {
    super(`${subject} was answered with status ${status}`);
    this.subject = subject;
    this.status = status;
  }

  /** Whether the same request may well succeed a little later: somebody is away or busy, rather than unwilling. */
  get isTransient(): boolean {
    return this.status >= 500 || [401, 408, 410, 429].includes(this.status);
  }
}

/** A dry run kept a write from being sent. What builds on its effect cannot go on. */
export class Withheld extends Error {
  override readonly name = "Withheld";
  readonly subject: string;

  constructor(subject: string) {
    super(`${subject} was withheld by the dry run`);
    this.subject = subject;
  }
}

/** Steps of a job could not be done for now; the job comes again for them. */
export class Unfinished extends Error {
  override readonly name = "Unfinished";

  constructor(steps: readonly string[]) {
    super(`not done yet: ${steps.join(", ")}`);
  }
}
