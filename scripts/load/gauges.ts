import { setInterval as every } from "node:timers/promises";

/** What a process told of itself at one moment, in bytes and milliseconds. */
export interface Gauges {
  readonly heap: number;
  readonly rss: number;
  /** The longest delay of the event loop since the last look. */
  readonly delayMax: number;
  readonly delayP99: number;
}

const METRICS = {
  heap: ["nodejs_heap_size_used_bytes", 1],
  rss: ["process_resident_memory_bytes", 1],
  delayMax: ["nodejs_eventloop_lag_max_seconds", 1_000],
  delayP99: ["nodejs_eventloop_lag_p99_seconds", 1_000],
} as const;

/** Reads the gauges of a service. @throws when its process is gone */
async function readGauges(metricsPort: number): Promise<Gauges> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const read = ([name, factor]: readonly [string, number]) => {
    const value = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "m").exec(text)?.[1];
    return Number(value) * factor;
  };
  return {
    heap: read(METRICS.heap),
    rss: read(METRICS.rss),
    delayMax: read(METRICS.delayMax),
    delayP99: read(METRICS.delayP99),
  };
}

/** Looks every second, until the signal fires. A process that cannot be asked has crashed, and adds nothing. */
export async function watch(metricsPort: number, signal: AbortSignal): Promise<Gauges[]> {
  const seen: Gauges[] = [];
  const ticks = every(1_000, undefined, { signal });
  try {
    for await (const _ of ticks) seen.push(await readGauges(metricsPort));
  } catch (error) {
    if (!signal.aborted && !(error instanceof TypeError)) throw error;
  }
  return seen;
}

const MIB = 1024 ** 2;
/** In a shorter quarter of a run there may have been no collection that goes through everything. */
const FEWEST_LOOKS = 15;

/**
 * Whether memory grows without bound: what is left after collections (the smallest heap of a quarter) is compared
 * between the second quarter of a run, when caches are full and code is compiled, and the last.
 */
export function grows(seen: readonly Gauges[]): boolean {
  const quarter = Math.floor(seen.length / 4);
  if (quarter < FEWEST_LOOKS) return false;
  const smallest = (from: number) => Math.min(...seen.slice(from, from + quarter).map(({ heap }) => heap));
  return smallest(seen.length - quarter) > smallest(quarter) * 1.25 + 32 * MIB;
}
