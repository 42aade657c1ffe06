import { constants } from "node:os";

/** Runs the work until a person or a pipeline wants it to stop; then its signal fires and the process ends. */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  let endedBy: "SIGINT" | "SIGTERM" | undefined;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      endedBy = name;
      controller.abort();
    });
  }
  try {
    return await work(controller.signal);
  } finally {
    if (endedBy !== undefined) process.exit(128 + constants.signals[endedBy]);
  }
}
