import type { MovableClock } from "@trunkline/clock";
import type { Jobs } from "@trunkline/jobs";
import { StillBusy } from "../errors.ts";
import type { Recorder } from "./recorder.ts";

type ServiceJobs = Pick<Jobs, "schedule" | "cancel" | "work">;

/** Knows which jobs are put down and how far they are, over restarts of the service. */
export interface PendingJobs {
  observed(jobs: ServiceJobs): ServiceJobs;
  /** When the next job is due that was never tried; undefined when there is none. */
  nextDue(): Date | undefined;
  /** Waits until no job that is due is left that was never tried, or that has not succeeded. @throws StillBusy */
  none(left: "untried" | "unfinished", withinMs: number): Promise<void>;
}

const LOOK_MS = 2;

export function createPendingJobs(clock: MovableClock, recorder: Recorder): PendingJobs {
  const left = { untried: new Map<string, Date>(), unfinished: new Map<string, Date>() };
  const lists = Object.values(left);
  const nameOf = (kind: { readonly name: string }, key: string) => `${kind.name} ${key}`;
  return {
    observed: (jobs) => ({
      schedule: async (kind, job) => {
        const name = nameOf(kind, job.key);
        // Put down before it may begin. The first one counts, here as there.
        const isNews = !left.unfinished.has(name);
        if (isNews) for (const list of lists) list.set(name, job.dueAt);
        const added = await jobs.schedule(kind, job);
        if (added) {
          const dueInMs = job.dueAt.getTime() - clock.now().getTime();
          recorder.jobs.push({ change: "scheduled", kind: kind.name, key: job.key, dueInMs, data: job.data });
        }
        return added;
      },
      cancel: async (kind, key) => {
        const cancelled = await jobs.cancel(kind, key);
        if (cancelled) {
          for (const list of lists) list.delete(nameOf(kind, key));
          recorder.jobs.push({ change: "cancelled", kind: kind.name, key });
        }
        return cancelled;
      },
      work: (kind, handler, options) => {
        const observe: typeof handler = async (data, job) => {
          const name = nameOf(kind, job.key);
          const dueAt = left.unfinished.get(name);
          await handler(data, job).finally(() => left.untried.delete(name));
          // A handler may put the same job down again, for later.
          if (left.unfinished.get(name) === dueAt) left.unfinished.delete(name);
        };
        return jobs.work(kind, observe, options);
      },
    }),
    nextDue: () => [...left.untried.values()].sort((one, other) => one.getTime() - other.getTime())[0],
    none: async (which, withinMs) => {
      const due = () => [...left[which]].filter(([, dueAt]) => dueAt <= clock.now()).map(([name]) => name);
      const deadline = Date.now() + withinMs;
      while (due().length > 0) {
        if (Date.now() > deadline) throw new StillBusy(withinMs / 1000, due());
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },
  };
}
