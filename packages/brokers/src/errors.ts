/** Neither the program nor, where that was allowed, a Docker engine is there. */
export class BrokerNotFoundError extends Error {
  override readonly name = "BrokerNotFoundError";
  readonly program: string;

  constructor(program: string, options?: ErrorOptions) {
    super(`${program} is not on the PATH, and no Docker engine answers; \`npm run demo\` installs it`, options);
    this.program = program;
  }
}

/** The server ended or stayed silent instead of getting ready. */
export class BrokerFailedError extends Error {
  override readonly name = "BrokerFailedError";
  readonly program: string;
  /** What it printed since it was started. */
  readonly log: string;

  constructor(program: string, { what, log, cause }: { what: string; log: string; cause?: unknown }) {
    const lastLines = log.trimEnd().split("\n").slice(-20).join("\n");
    super(lastLines === "" ? `${program} ${what}` : `${program} ${what}; it said:\n${lastLines}`, { cause });
    this.program = program;
    this.log = log;
  }

  /** Somebody else listens on the port it was told to use. */
  get portWasTaken(): boolean {
    return /address already in use|port is already allocated/i.test(this.log);
  }
}
