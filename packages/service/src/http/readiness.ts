/** Whether a condition for taking work holds now. */
export type Check = () => boolean | Promise<boolean>;

/** What `/_ready` answers: the names of the conditions that do not hold. */
export interface Readiness {
  add(name: string, check: Check): void;
  /** A service begins in `starting`; only in `ready` it can be ready. */
  enter(phase: "ready" | "stopping"): void;
  failing(): Promise<readonly string[]>;
}

const LONGEST_CHECK_MS = 1_000;

/** Conditions are looked at anew for each question, because a remembered "ready" is a lie after an outage. */
export function createReadiness(): Readiness {
  const checks = new Map<string, Check>();
  let phase: "starting" | "ready" | "stopping" = "starting";
  return {
    add: (name, check) => {
      checks.set(name, check);
    },
    enter: (next) => {
      phase = next;
    },
    failing: async () => {
      const results = await Promise.all(
        [...checks].map(async ([name, check]) => ({ name, holds: await holds(check) })),
      );
      const failing = results.filter((result) => !result.holds).map(({ name }) => name);
      return phase === "ready" ? failing : [phase, ...failing];
    },
  };
}

async function holds(check: Check): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, LONGEST_CHECK_MS, false);
  try {
    return await Promise.race([check(), tooLate]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
