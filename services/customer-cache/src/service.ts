import { keepLists } from "@trunkline/cache";
import { cachedEdge, emailNotification, getCustomerCache, slackNotification } from "@trunkline/contracts";
import { defineService } from "@trunkline/service";
import { hostBuilder } from "./build-host.ts";
import { customerCacheConfig } from "./config.ts";
import { customerCacheHandler } from "./get-customer-cache.ts";
import { attributedOnce } from "./loaded-edges.ts";
import { namingOf } from "./naming.ts";
import { asks } from "./peers.ts";
import { snapshotMails } from "./snapshot-mail.ts";

export const service = defineService({
  name: "customer-cache",
  summary: "Crosses VeloCloud's edges with the customers they belong to at Bruin, and answers from Redis.",
  config: customerCacheConfig,
  serves: [getCustomerCache],
  asks,
  publishes: [slackNotification, emailNotification],
  consumes: [],
  redis: ["customer-cache"],
  schedules: ["refresh"],
  jobs: [],
  async start({ config, bus, redis, ...parts }) {
    const naming = namingOf(config.ENVIRONMENT_NAME);
    const recipient = config.DUPLICATE_INVENTORIES_RECIPIENT;
    const hosts = config.VELOCLOUD_HOSTS;
    const present = await keepLists(
      { ...parts, bus, redis: redis("customer-cache") },
      {
        naming,
        lists: hosts,
        schema: cachedEdge,
        dateKey: "next_refresh_date",
        interval: config.REFRESH_JOB_INTERVAL,
        checkInterval: config.REFRESH_CHECK_INTERVAL,
        recipient,
        arrange: attributedOnce,
        build: hostBuilder(bus, {
          rules: {
            statuses: config.WHITELISTED_MANAGEMENT_STATUSES,
            notWhilePending: config.BLACKLISTED_CLIENTS_WITH_PENDING_STATUS,
          },
          blacklist: config.BLACKLISTED_EDGES,
          timezone: config.TIMEZONE,
        }),
        replaced: snapshotMails({ bus, naming, recipient }),
      },
    );
    await bus.serve(getCustomerCache, customerCacheHandler(hosts, present));
  },
});
