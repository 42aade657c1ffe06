import { setInterval as every, setTimeout as sleep } from "node:timers/promises";
import type { BridgeProcess } from "./bridge-process.ts";

/** What a process told of itself at one moment, in bytes and milliseconds. */
export interface Gauges {
  readonly heap: number;
  readonly rss: number;
  /** Processor time since the process began, in milliseconds. */
  readonly cpu: number;
  /** The longest delay of the event loop since the last look. */
  readonly delayMax: number;
  readonly delayP99: number;
  /** Requests that got no answer because their deadline had passed. */
  readonly dropped: number;
}

/** Reads the gauges of a service. @throws TypeError when its process is gone, or has no time to answer */
export async function readGauges(metricsPort: number): Promise<Gauges> {
  const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  if (!response.ok) throw new TypeError(`the metrics are a ${response.status}`);
  const text = await response.text();
  const sumOf = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "gm"))].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    );
  return {
    heap: sumOf("nodejs_heap_size_used_bytes"),
    rss: sumOf("process_resident_memory_bytes"),
    cpu: sumOf("process_cpu_seconds_total") * 1_000,
    delayMax: sumOf("nodejs_eventloop_lag_max_seconds") * 1_000,
    delayP99: sumOf("nodejs_eventloop_lag_p99_seconds") * 1_000,
    dropped: sumOf("bus_dropped_total"),
  };
}

/** Looks every second, until the signal fires. A process that cannot be asked adds nothing. */
export async function watch(metricsPort: number, signal: AbortSignal): Promise<Gauges[]> {
  const seen: Gauges[] = [];
  const ticks = every(1_000, undefined, { signal });
  try {
    for await (const _ of ticks) {
      const gauges = await readGauges(metricsPort).catch(onlyIfGone);
      if (gauges !== undefined) seen.push(gauges);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return seen;
}

const COLLECTED_MS = 2_000;

/** @returns the bytes that a bridge keeps once its garbage is collected; undefined when it does not say */
export async function keptBy({ metricsPort, collectGarbage }: BridgeProcess): Promise<number | undefined> {
  collectGarbage();
  await sleep(COLLECTED_MS);
  return (await readGauges(metricsPort).catch(onlyIfGone))?.heap;
}

function onlyIfGone(error: unknown): undefined {
  if (!(error instanceof TypeError)) throw error;
}

const MIB = 1024 ** 2;

/** Whether a bridge keeps more and more, from what it kept early in a run, when it was warm, and at the end. */
export function grows(early: number | undefined, end: number | undefined): boolean {
  return early !== undefined && end !== undefined && end > early * 1.25 + 16 * MIB;
}
