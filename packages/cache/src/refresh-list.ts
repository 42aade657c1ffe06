import type { Clock } from "@trunkline/clock";
import type { ScheduledRun } from "@trunkline/service";
import type { CacheMetrics } from "./cache-metrics.ts";
import type { CacheStore, StoredList } from "./cache-store.ts";
import type { DuplicateInventories, DuplicatesReport } from "./duplicate-inventories.ts";
import { Superseded } from "./errors.ts";
import type { Nouns } from "./naming.ts";
import { collectProblems, type Problems } from "./problems.ts";
import type { RefreshGate } from "./refresh-gate.ts";
import type { RefreshReport } from "./refresh-report.ts";

/** A refresh that had to leave entries as they were is repeated after this part of the interval. */
const RETRY_PART = 1 / 8;
/** So is one after which much is not watched at all, as a first one while Bruin is down. */
const SOON_PART = 1 / 48;
const MUCH = 1 / 10;

/** What a build gets to work with. */
export interface Building<Entry> {
  readonly list: string;
  /** What the list holds; parts of it stay where nothing newer can be had. */
  readonly previous: readonly Entry[];
  readonly problems: Problems;
  readonly now: Date;
  /** Fires when the build has to stop. */
  readonly signal: AbortSignal;
}

/** A list that was replaced. */
export interface Replacement<Entry> {
  readonly list: string;
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
  readonly now: Date;
}

export interface Built<Entry> {
  readonly entries: readonly Entry[];
  readonly duplicates: DuplicateInventories;
}

export interface RefreshParts<Entry> {
  readonly store: CacheStore<Entry>;
  readonly gate: RefreshGate;
  readonly report: RefreshReport;
  readonly duplicates: DuplicatesReport;
  readonly metrics: CacheMetrics;
  readonly clock: Clock;
  readonly nouns: Nouns;
  /** Seconds between two refreshes. */
  readonly interval: number;
  /** @returns undefined when there is nothing worth storing, which the problems explain */
  build(building: Building<Entry>): Promise<Built<Entry> | undefined>;
  /** Called after a list was replaced. */
  replaced?(replacement: Replacement<Entry>): Promise<void>;
}

/**
 * Refreshes a list when that is due: builds it beside the present one and swaps them in one step. After a failure the
 * present one stays, and the list stays due.
 *
 * @throws the signal's reason when the build has to stop, Superseded when another replica has built the list meanwhile
 */
export async function refreshList<Entry>(list: string, run: ScheduledRun, parts: RefreshParts<Entry>): Promise<void> {
  const { store, gate, clock, report, duplicates, metrics } = parts;
  const now = clock.now();
  if (!(await gate.isDue(list, now))) return;
  const began = performance.now();
  const problems = collectProblems(parts.nouns);
  const present = await store.load(list);
  const built = await rebuild(list, run, { ...parts, problems, now, present });
  const seconds = (performance.now() - began) / 1000;
  const outcome = built === undefined ? "failed" : problems.worthRetrying ? "incomplete" : "complete";
  const lines = problems.lines();
  const entries = built?.entries.length;
  metrics.refreshed(list, outcome, seconds);
  run.logger.info({ list, outcome, entries, seconds, problems: lines }, "refreshed a list of the cache");
  if (built !== undefined) await gate.advance();
  await report.tell(list, { entries, facts: present.facts, lines });
  if (built === undefined) return;
  await duplicates.tell(list, built.duplicates, now);
  await parts.replaced?.({ list, before: present.entries ?? [], after: built.entries, now });
}

type Rebuild<Entry> = RefreshParts<Entry> & {
  readonly problems: Problems;
  readonly now: Date;
  readonly present: StoredList<Entry>;
};

/** @returns what is stored now; undefined when the present list stays */
async function rebuild<Entry>(
  list: string,
  { signal, fencingToken }: ScheduledRun,
  { store, problems, now, interval, present, build }: Rebuild<Entry>,
): Promise<Built<Entry> | undefined> {
  const built = await build({ list, previous: present.entries ?? [], problems, now, signal });
  if (built === undefined) return undefined;
  signal.throwIfAborted();
  const wait = interval * partUntilNext(problems, built.entries.length);
  const nextRefreshAt = new Date(now.getTime() + wait * 1000);
  const isStored = await store.replace(list, { entries: built.entries, builtAt: now, nextRefreshAt, fencingToken });
  if (!isStored) throw new Superseded(list, fencingToken);
  return built;
}

function partUntilNext({ worthRetrying, missing }: Problems, entries: number): number {
  if (!worthRetrying) return 1;
  return missing > MUCH * (entries + missing) ? SOON_PART : RETRY_PART;
}
