import type { CommonConfig, ConfigOf, ServiceParts } from "@trunkline/service";
import type { z } from "zod";
import type { cacheConfig } from "./cache-config.ts";
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

/** What a service gets to work with, as far as a cache needs it. */
export interface CacheParts
  extends Pick<ServiceParts, "clock" | "metrics" | "redis" | "schedule" | "readyWhen" | "onStop"> {
  readonly bus: PeopleBus;
  readonly config: ConfigOf<typeof cacheConfig> & Pick<CommonConfig, "ENVIRONMENT_NAME">;
}

export interface KeepingOptions<Entry> {
  readonly naming: Naming;
  /** Each is refreshed by itself: under a lease of its own, when its own time has come. */
  readonly lists: readonly string[];
  /** Of one entry, for reading what lies in Redis. */
  readonly schema: z.ZodType<Entry>;
  /** `<environment>-<dateKey>` holds when the next refresh will be; deleting it makes every list due. */
  readonly dateKey: string;
  /** @returns undefined when there is nothing worth storing, which the problems explain */
  build(building: Building<Entry>): Promise<Built<Entry> | undefined>;
  /** Called after a list was replaced. */
  replaced?(replacement: Replacement<Entry>): Promise<void>;
  /** What becomes of the lists before they are answered with. @default nothing */
  readonly arrange?: (lists: LoadedLists<Entry>) => LoadedLists<Entry>;
}

/**
 * Keeps lists in the caches' Redis fresh, each built once over all replicas, under the schedule `refresh`. `/_ready` is
 * green once any of them is there.
 *
 * @returns what reads the lists; it throws what Redis says while nothing has been read before
 */
export async function keepLists<Entry extends { readonly last_contact: string | null }>(
  { bus, clock, config, metrics, redis: redisOf, schedule, readyWhen, onStop }: CacheParts,
  options: KeepingOptions<Entry>,
): Promise<() => Promise<LoadedLists<Entry>>> {
  const { naming, lists, schema, dateKey } = options;
  const interval = config.REFRESH_JOB_INTERVAL;
  const environment = config.ENVIRONMENT_NAME;
  const redis = redisOf("customer-cache");
  const store = cacheStore({ redis, environment, schema });
  const people = { bus, redis, environment, naming };
  const refreshing = {
    ...options,
    store,
    clock,
    interval,
    nouns: naming.nouns,
    gate: refreshGate({ redis, environment, dateKey, lists, store }),
    report: refreshReport({ ...people, interval }),
    duplicates: duplicatesReport({ ...people, recipient: config.DUPLICATE_INVENTORIES_RECIPIENT }),
    metrics: cacheMetrics({ metrics, store, lists, clock }),
  };
  const stopping = new AbortController();
  onStop(() => stopping.abort());
  readyWhen("a first build of the cache", firstBuild(store, lists, stopping.signal));
  for (const list of lists) {
    const every = config.REFRESH_CHECK_INTERVAL;
    await schedule({ name: "refresh", key: list, every, atStart: true }, (run) => refreshList(list, run, refreshing));
  }
  return loadedLists({ ...options, store });
}
