import { setTimeout as sleep } from "node:timers/promises";

/** What a process has needed since the sample before. */
export interface ProcessSample {
  readonly peakMegabytes: number;
  /** The longest time for which its event loop did nothing else. */
  readonly longestStallMs: number;
}

/** Follows memory and event loop of a service through its own metrics, every fifth of a second. */
export function followProcess(metricsPort: number): AsyncDisposable & { sample(): Promise<ProcessSample> } {
  const stopping = new AbortController();
  let peakMegabytes = 0;
  let longestStallMs = 0;

  async function look(): Promise<void> {
    const text = await metricsOf(metricsPort);
    peakMegabytes = Math.max(peakMegabytes, Math.round(seriesValue(text, "process_resident_memory_bytes") / 1024 ** 2));
    longestStallMs = Math.max(longestStallMs, seriesValue(text, "nodejs_eventloop_lag_max_seconds") * 1000);
  }

  const following = (async () => {
    while (!stopping.signal.aborted) {
      // It has not started yet, or has just stopped.
      await look().catch(() => undefined);
      await sleep(200);
    }
  })();
  return {
    async sample() {
      await look();
      const sampled = { peakMegabytes, longestStallMs };
      peakMegabytes = 0;
      longestStallMs = 0;
      return sampled;
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await following;
    },
  };
}

/** A service's metrics as text. */
export async function metricsOf(port: number): Promise<string> {
  return await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}

/** The value of a metric's first series; 0 where there is none. */
export function seriesValue(metrics: string, name: string): number {
  const line = metrics.split("\n").find((each) => each.startsWith(`${name}{`) || each.startsWith(`${name} `));
  return Number(line?.split(" ").at(-1) ?? 0);
}
