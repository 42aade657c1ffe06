import type { Clock } from "@trunkline/clock";
import type { ServiceParts } from "@trunkline/service";
import type { Redis } from "ioredis";
import type { z } from "zod";
import { cacheMetrics } from "./cache-metrics.ts";
import { cacheStore } from "./cache-store.ts";
import { duplicatesReport } from "./duplicate-inventories.ts";
import { firstBuild } from "./first-build.ts";
import { type LoadedLists, loadedLists } from "./loaded-lists.ts";
import type { Naming } from "./naming.ts";
import type { PeopleBus } from "./people-bus.ts";
import { refreshGate } from "./refresh-gate.ts";
import { type Building, type Built, type Replacement, refreshList } from "./refresh-list.ts";
import { refreshReport } from "./refresh-report.ts";

/** What a service gives of itself. */
export interface KeepingParts extends Pick<ServiceParts, "metrics" | "schedule" | "readyWhen" | "onStop"> {
  readonly bus: PeopleBus;
  readonly redis: Redis;
  readonly clock: Clock;
}

export interface KeepingOptions<Entry> {
  readonly naming: Naming;
  /** Each is refreshed by itself: under a lease of its own, when its own time has come. */
  readonly lists: readonly string[];
  /** Of one entry, for reading what lies in Redis. */
  readonly schema: z.ZodType<Entry>;
  /** `<environment>-<dateKey>` holds when the next refresh will be; deleting it makes every list due. */
  readonly dateKey: string;
  /** Seconds between two refreshes of a list. */
  readonly interval: number;
  /** Seconds between looks whether a refresh is due. */
  readonly checkInterval: number;
  /** Address for mails about serials with several inventory items; without one nothing is mailed. */
  readonly recipient: string | undefined;
  /** @returns undefined when there is nothing worth storing, which the problems explain */
  build(building: Building<Entry>): Promise<Built<Entry> | undefined>;
  /** Called after a list was replaced. */
  replaced?(replacement: Replacement<Entry>): Promise<void>;
  /** What becomes of the lists before they are answered with. @default nothing */
  readonly arrange?: (lists: LoadedLists<Entry>) => LoadedLists<Entry>;
}

/**
 * Keeps lists in Redis fresh, each built once over all replicas, under the schedule `refresh`. `/_ready` is green once
 * any of them is there.
 *
 * @returns what reads the lists; it throws what Redis says while nothing has been read before
 */
export async function keepLists<Entry extends { readonly last_contact: string | null }>(
  parts: KeepingParts,
  options: KeepingOptions<Entry>,
): Promise<() => Promise<LoadedLists<Entry>>> {
  const { bus, redis, clock, metrics, schedule, readyWhen, onStop } = parts;
  const { naming, lists, schema, dateKey, interval, recipient } = options;
  const { environment, nouns } = naming;
  const store = cacheStore({ redis, environment, schema });
  const refreshing = {
    ...options,
    store,
    clock,
    nouns,
    gate: refreshGate({ redis, environment, dateKey, lists, store }),
    report: refreshReport({ bus, redis, naming, interval }),
    duplicates: duplicatesReport({ bus, redis, naming, recipient }),
    metrics: cacheMetrics({ metrics, store, lists, clock }),
  };
  const stopping = new AbortController();
  onStop(() => stopping.abort());
  readyWhen("a first build of the cache", firstBuild(store, lists, stopping.signal));
  for (const list of lists) {
    await schedule({ name: "refresh", key: list, every: options.checkInterval, atStart: true }, (run) =>
      refreshList(list, run, refreshing),
    );
  }
  return loadedLists({ ...options, store });
}
