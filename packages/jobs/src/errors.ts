/** Redis did not take or answer a command in time: nothing is known to have been stored. */
export class JobsUnavailable extends Error {
  override readonly name = "JobsUnavailable";
  readonly kind: string;

  constructor(kind: string, cause: unknown) {
    super(`the queue of ${kind} jobs cannot be reached`, { cause });
    this.kind = kind;
  }
}

/** The data of a job is not what its kind says. */
export class InvalidJob extends Error {
  override readonly name = "InvalidJob";
  readonly kind: string;
  readonly key: string;

  constructor(kind: string, key: string, complaint: string) {
    super(`${kind} job ${key} has invalid data: ${complaint}`);
    this.kind = kind;
    this.key = key;
  }
}
