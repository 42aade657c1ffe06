import type { OutstandingJobs } from "./types.ts";

/** @param jobs stored jobs of a kind; undefined for one that was done since it was listed */
export function outstandingOf(
  kind: string,
  jobs: readonly ({ readonly key: string; readonly dueAt: string } | undefined)[],
  now: Date,
): OutstandingJobs {
  const left = jobs.filter((job) => job !== undefined);
  const isDue = ({ dueAt }: { readonly dueAt: string }) => Date.parse(dueAt) <= now.getTime();
  const next = earliest(left.filter((job) => !isDue(job)).map(({ dueAt }) => new Date(dueAt)));
  return { due: left.filter(isDue).map(({ key }) => `${kind} ${key}`), next };
}

/** What is left of several kinds. */
export function joined(all: readonly OutstandingJobs[]): OutstandingJobs {
  return {
    due: all.flatMap(({ due }) => due),
    next: earliest(all.map(({ next }) => next).filter((next) => next !== undefined)),
  };
}

function earliest(moments: readonly Date[]): Date | undefined {
  return moments.length === 0 ? undefined : new Date(Math.min(...moments.map((moment) => moment.getTime())));
}
