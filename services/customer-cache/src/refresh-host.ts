import type { Clock } from "@trunkline/clock";
import type { ScheduledRun } from "@trunkline/service";
import { buildHost } from "./build-host.ts";
import type { BlacklistedEdge } from "./config.ts";
import type { HostStore } from "./host-store.ts";
import type { MonitoringRules } from "./inventory.ts";
import type { RefreshMetrics } from "./metrics.ts";
import { askPeers, type CacheBus } from "./peers.ts";
import { collectProblems, type Problems } from "./problems.ts";
import type { RefreshGate } from "./refresh-gate.ts";
import type { RefreshReport } from "./refresh-report.ts";

/** A refresh that had to leave edges as they were is repeated after this part of the interval. */
const RETRY_PART = 1 / 8;

export interface RefreshParts {
  readonly bus: Pick<CacheBus, "request">;
  readonly store: HostStore;
  readonly gate: RefreshGate;
  readonly report: RefreshReport;
  readonly metrics: RefreshMetrics;
  readonly clock: Clock;
  readonly rules: MonitoringRules;
  readonly blacklist: readonly BlacklistedEdge[];
  readonly timezone: string;
  /** Seconds between two refreshes. */
  readonly interval: number;
}

/**
 * Refreshes a host when that is due: builds its cache beside the present one and swaps them in one step. After a
 * failure the present one stays, and the host stays due.
 */
export async function refreshHost(host: string, run: ScheduledRun, parts: RefreshParts): Promise<void> {
  const { gate, clock, report, metrics } = parts;
  const now = clock.now();
  if (!(await gate.isDue(host, now))) return;
  const began = performance.now();
  const problems = collectProblems();
  const edges = await rebuild(host, run, { ...parts, problems, now });
  const seconds = (performance.now() - began) / 1000;
  const outcome = edges === undefined ? "failed" : problems.worthRetrying ? "incomplete" : "complete";
  metrics.refreshed(host, outcome, seconds);
  run.logger.info({ host, outcome, edges, seconds, problems: problems.lines() }, "refreshed the cache of a host");
  if (edges !== undefined) await gate.advance();
  await report.tell(host, { edges, lines: problems.lines() });
}

type Rebuild = RefreshParts & { readonly problems: Problems; readonly now: Date };

/** @returns how many edges are stored now; undefined when the present cache stays */
async function rebuild(host: string, run: ScheduledRun, parts: Rebuild): Promise<number | undefined> {
  const { store, problems, now, interval } = parts;
  const { entries: previous = [] } = await store.load(host);
  const ask = askPeers(parts.bus, run.signal);
  const entries = await buildHost({ ...parts, host, previous, ask, signal: run.signal });
  if (entries === undefined) return undefined;
  run.signal.throwIfAborted();
  const wait = interval * (problems.worthRetrying ? RETRY_PART : 1);
  const stored = await store.replace(host, {
    entries,
    builtAt: now,
    nextRefreshAt: new Date(now.getTime() + wait * 1000),
    fencingToken: run.fencingToken,
  });
  if (stored) return entries.length;
  run.logger.warn({ host, fencingToken: run.fencingToken }, "another replica has built this cache meanwhile");
  return undefined;
}
