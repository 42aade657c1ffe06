/** One thing wrong with the configuration: the variable's name and what was expected, never its value. */
export interface ConfigProblem {
  readonly variable: string;
  readonly problem: string;
}

/** The environment does not hold what the service needs; all problems at once. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(`bad configuration:${problems.map(({ variable, problem }) => `\n  ${variable} ${problem}`).join("")}`);
    this.problems = problems;
  }
}

/** A definition contradicts itself; found when the module is loaded. */
export class InvalidDefinition extends Error {
  override readonly name = "InvalidDefinition";
  readonly service: string;

  constructor(service: string, complaint: string) {
    super(`definition of ${service}: ${complaint}`);
    this.service = service;
  }
}

/** The code uses something that its definition does not declare, so nothing generated from the definition knows of it. */
export class Undeclared extends Error {
  override readonly name = "Undeclared";
  readonly what: string;

  constructor(what: string, list: string) {
    super(`${what} is missing in the definition's ${list}`);
    this.what = what;
  }
}

/** The definition declares what the code did not set up while it started. */
export class NotServed extends Error {
  override readonly name = "NotServed";
  readonly subjects: readonly string[];

  constructor(subjects: readonly string[]) {
    super(`declared, but neither served nor consumed after the start: ${subjects.join(", ")}`);
    this.subjects = subjects;
  }
}

/** A broker could not be reached while the service started. */
export class StartTimedOut extends Error {
  override readonly name = "StartTimedOut";
  readonly waitedFor: string;

  constructor(waitedFor: string, seconds: number, cause: unknown) {
    super(`${waitedFor} could not be reached within ${seconds} s: ${reasonOf(cause)}`, { cause });
    this.waitedFor = waitedFor;
  }
}

/** The start was given up because the service was told to stop. */
export class StartCancelled extends Error {
  override readonly name = "StartCancelled";

  constructor() {
    super("told to stop while starting");
  }
}

/** Something held up the stop for longer than is allowed; the process has to be ended. */
export class StopTimedOut extends Error {
  override readonly name = "StopTimedOut";
  readonly hanging: string;

  constructor(hanging: string, seconds: number) {
    super(`not stopped within ${seconds} s: ${hanging} hangs`);
    this.hanging = hanging;
  }
}

/** Everything has stopped, but some of it with an error. */
export class StopFailed extends AggregateError {
  override readonly name = "StopFailed";

  constructor(failures: readonly { readonly step: string; readonly error: unknown }[]) {
    super(
      failures.map(({ error }) => error),
      `stopped with errors: ${failures.map(({ step, error }) => `${step}: ${reasonOf(error)}`).join("; ")}`,
    );
  }
}

/** A schedule cannot be as it was asked for. */
export class InvalidSchedule extends Error {
  override readonly name = "InvalidSchedule";
  readonly schedule: string;

  constructor(schedule: string, complaint: string) {
    super(`schedule ${schedule}: ${complaint}`);
    this.schedule = schedule;
  }
}

/** Another replica may run now: ours was silent for longer than its lease lasts. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
  readonly fencingToken: number;

  constructor(fencingToken: number) {
    super(`the lease with fencing token ${fencingToken} was lost`);
    this.fencingToken = fencingToken;
  }
}

/** What an unknown thrown value says, in one line. A refused connection to several addresses has an empty message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== "") return error.message;
  return "code" in error ? String(error.code) : error.name;
}
