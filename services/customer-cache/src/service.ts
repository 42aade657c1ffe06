import { getCustomerCache, slackNotification } from "@trunkline/contracts";
import { defineService } from "@trunkline/service";
import { customerCacheConfig } from "./config.ts";
import { firstBuild } from "./first-build.ts";
import { customerCacheHandler } from "./get-customer-cache.ts";
import { hostStore } from "./host-store.ts";
import { loadedCaches } from "./loaded-caches.ts";
import { cacheMetrics } from "./metrics.ts";
import { asks } from "./peers.ts";
import { refreshGate } from "./refresh-gate.ts";
import { refreshHost } from "./refresh-host.ts";
import { refreshReport } from "./refresh-report.ts";

export const service = defineService({
  name: "customer-cache",
  summary: "Crosses VeloCloud's edges with the customers they belong to at Bruin, and answers from Redis.",
  config: customerCacheConfig,
  serves: [getCustomerCache],
  asks,
  publishes: [slackNotification],
  consumes: [],
  redis: ["customer-cache"],
  schedules: ["refresh"],
  jobs: [],
  async start({ config, bus, clock, metrics, redis: redisOf, schedule, readyWhen, onStop }) {
    const redis = redisOf("customer-cache");
    const environment = config.ENVIRONMENT_NAME;
    const hosts = config.VELOCLOUD_HOSTS;
    const interval = config.REFRESH_JOB_INTERVAL;
    const store = hostStore(redis, environment);
    const parts = {
      bus,
      store,
      clock,
      interval,
      gate: refreshGate({ redis, environment, hosts, store }),
      report: refreshReport({ bus, redis, environment, interval }),
      metrics: cacheMetrics({ metrics, store, hosts, clock }),
      rules: {
        statuses: config.WHITELISTED_MANAGEMENT_STATUSES,
        notWhilePending: config.BLACKLISTED_CLIENTS_WITH_PENDING_STATUS,
      },
      blacklist: config.BLACKLISTED_EDGES,
      timezone: config.TIMEZONE,
    };
    const stopping = new AbortController();
    onStop(() => stopping.abort());
    readyWhen("a first build of the cache", firstBuild(store, hosts, stopping.signal));
    await bus.serve(getCustomerCache, customerCacheHandler(hosts, loadedCaches(store, hosts)));
    for (const host of hosts) {
      const every = config.REFRESH_CHECK_INTERVAL;
      await schedule({ name: "refresh", key: host, every, atStart: true }, (run) => refreshHost(host, run, parts));
    }
  },
});
