import { cacheKeys, keepLists } from "@trunkline/cache";
import { cachedEdge, emailNotification, getCustomerCache, slackNotification } from "@trunkline/contracts";
import { defineService } from "@trunkline/service";
import { hostBuilder } from "./build-host.ts";
import { customerCacheConfig } from "./config.ts";
import { customerCacheHandler } from "./get-customer-cache.ts";
import { attributedOnce } from "./loaded-edges.ts";
import { naming } from "./naming.ts";
import { asks } from "./peers.ts";
import { snapshotMails } from "./snapshot-mail.ts";
import { writings } from "./writings.ts";

const DATE_KEY = "next_refresh_date";

export const service = defineService({
  name: "customer-cache",
  summary: "Crosses VeloCloud's edges with the customers they belong to at Bruin, and answers from Redis.",
  config: customerCacheConfig,
  serves: [getCustomerCache],
  asks,
  publishes: [slackNotification, emailNotification],
  consumes: [],
  redis: ["customer-cache"],
  // Lists are named after hosts, which have a dot in their names; no other cache's keys have one.
  keys: { "customer-cache": [cacheKeys("*.*"), cacheKeys(DATE_KEY), cacheKeys(`${DATE_KEY}:*`)] },
  schedules: ["refresh"],
  jobs: [],
  writes: writings,
  async start(parts) {
    const { bus, config } = parts;
    const hosts = config.VELOCLOUD_HOSTS;
    const present = await keepLists(parts, {
      naming,
      lists: hosts,
      schema: cachedEdge,
      dateKey: DATE_KEY,
      arrange: attributedOnce,
      build: hostBuilder(bus, {
        rules: {
          statuses: config.WHITELISTED_MANAGEMENT_STATUSES,
          notWhilePending: config.BLACKLISTED_CLIENTS_WITH_PENDING_STATUS,
        },
        blacklist: config.BLACKLISTED_EDGES,
        timezone: config.TIMEZONE,
      }),
      replaced: snapshotMails({
        bus,
        environment: config.ENVIRONMENT_NAME,
        recipient: config.DUPLICATE_INVENTORIES_RECIPIENT,
      }),
    });
    await bus.serve(getCustomerCache, customerCacheHandler(hosts, present));
  },
});
