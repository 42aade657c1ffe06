export interface FileProblem {
  readonly file: string;
  /** Undefined when it is about the file as a whole. */
  readonly line: number | undefined;
  readonly message: string;
}

/** A file that cannot be understood: what is wrong with it, and where. */
export class ScenarioFileError extends Error {
  override readonly name = "ScenarioFileError";
  readonly problems: readonly FileProblem[];

  constructor(problems: readonly FileProblem[]) {
    super(problems.map(problemText).join("\n"));
    this.problems = problems;
  }
}

/** `file:line: what is wrong`, as editors and terminals make it a link. */
export function problemText({ file, line, message }: FileProblem): string {
  return `${file}${line === undefined ? "" : `:${line}`}: ${message}`;
}

/** The service did not come to rest in time. */
export class StillBusy extends Error {
  override readonly name = "StillBusy";

  constructor(seconds: number, busyWith: readonly string[]) {
    super(`still busy after ${seconds} seconds with ${busyWith.join(", ")}`);
  }
}
