import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { ConfigError, StartCancelled, StopTimedOut } from "./errors.ts";
import { createLogger } from "./logging/create-logger.ts";
import { prepareService } from "./prepare-service.ts";
import { type RunningService, startPrepared } from "./start-service.ts";
import { startTelemetry, type Telemetry } from "./telemetry.ts";
import type { ServiceDefinition } from "./types.ts";
import { version } from "./version.ts";

/** How long traces that were not sent yet may hold up the exit. */
const FLUSH_MS = 2_000;

/**
 * Runs one service as this process, from `process.env` to the exit code: 0 after SIGTERM or SIGINT when everything
 * was finished, 1 for a start or a stop that failed and for an error that nobody caught. A second signal ends it at
 * once.
 */
export async function runService(definition: ServiceDefinition): Promise<void> {
  const { env } = process;
  let logger = createLogger({ service: definition.name, version });
  const die = (event: string) => (error: unknown) => {
    // Whatever the process holds in memory can no longer be trusted, so it does not stop in order.
    logger.fatal({ err: error }, event);
    process.exit(1);
  };
  process.on("uncaughtException", die("an error that nobody caught"));
  process.on("unhandledRejection", die("a rejection that nobody handled"));
  const cancelled = new AbortController();
  const told = toldToStop(() => cancelled.abort());

  try {
    const prepared = prepareService(definition, env);
    logger = prepared.logger;
    const telemetry = await startTelemetry(definition.name, env);
    const starting = startPrepared(definition, prepared, { signal: cancelled.signal });
    const running = await Promise.race([starting, tooLate(told, prepared.config.SHUTDOWN_TIMEOUT)]);
    logger.info({ signal: await told }, "told to stop");
    await stop(running, telemetry);
    logger.info("stopped");
    process.exit(0);
  } catch (error) {
    process.exit(report(logger, error));
  }
}

/** A terminal and the npm below it pass on the same Ctrl-C: what comes so soon is not a second wish. */
const SAME_SIGNAL_MS = 500;

/** SIGTERM comes from orchestrators, SIGINT from a terminal; a second one ends the process at once. */
function toldToStop(onFirst: () => void): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let toldAt: number | undefined;
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.on(signal, () => {
        if (toldAt !== undefined) {
          if (performance.now() - toldAt > SAME_SIGNAL_MS) process.exit(1);
          return;
        }
        toldAt = performance.now();
        onFirst();
        resolve(signal);
      });
    }
  });
}

/** A start that was told to stop is finished and undone in order, unless it hangs. */
async function tooLate(told: Promise<unknown>, seconds: number): Promise<never> {
  await told;
  await sleep(seconds * 1000);
  throw new StopTimedOut("the start", seconds);
}

async function stop(running: RunningService, telemetry: Telemetry): Promise<void> {
  try {
    await running.stop();
  } finally {
    await Promise.race([telemetry.stop(), sleep(FLUSH_MS)]);
  }
}

/** @returns the exit code */
function report(logger: Logger, error: unknown): number {
  if (error instanceof StartCancelled) {
    logger.info(error.message);
    return 0;
  }
  if (error instanceof ConfigError) {
    for (const { variable, problem } of error.problems) logger.fatal({ variable }, `${variable} ${problem}`);
  } else {
    logger.fatal({ err: error }, "ended by an error");
  }
  return 1;
}
