/** What `$SRV.STATS` tells about a subject since the service started. */
export interface Statistics {
  readonly requests: number;
  /** Answers with a status of 500 or more: those of a broken service, not of a bad or refused request. */
  readonly errors: number;
  readonly lastError: string | undefined;
  readonly nanoseconds: number;
  add(status: number, milliseconds: number, problem: string | undefined): void;
}

export function createStatistics(): Statistics {
  let requests = 0;
  let errors = 0;
  let lastError: string | undefined;
  let nanoseconds = 0;
  return {
    get requests() {
      return requests;
    },
    get errors() {
      return errors;
    },
    get lastError() {
      return lastError;
    },
    get nanoseconds() {
      return nanoseconds;
    },
    add(status, milliseconds, problem) {
      requests += 1;
      nanoseconds += Math.round(milliseconds * 1e6);
      if (status < 500) return;
      errors += 1;
      lastError = `${status}${problem === undefined ? "" : ` ${problem}`}`;
    },
  };
}
