import { cacheConfig, cacheKeys, keepLists } from "@trunkline/cache";
import { cachedProbe, emailNotification, getHawkeyeCustomerCache, slackNotification } from "@trunkline/contracts";
import { defineService } from "@trunkline/service";
import { deviceBuilder } from "./build-devices.ts";
import { hawkeyeCacheHandler, LIST } from "./get-hawkeye-cache.ts";
import { naming } from "./naming.ts";
import { asks } from "./peers.ts";
import { writings } from "./writings.ts";

export const service = defineService({
  name: "hawkeye-customer-cache",
  summary: "Crosses Hawkeye's probes with the customers they belong to at Bruin, and answers from Redis.",
  config: cacheConfig,
  serves: [getHawkeyeCustomerCache],
  asks,
  publishes: [slackNotification, emailNotification],
  consumes: [],
  redis: ["customer-cache"],
  keys: { "customer-cache": [cacheKeys(LIST), cacheKeys(`${LIST}:*`)] },
  schedules: ["refresh"],
  jobs: [],
  writes: writings,
  async start(parts) {
    const { bus, config } = parts;
    const present = await keepLists(parts, {
      naming,
      lists: [LIST],
      schema: cachedProbe,
      dateKey: `${LIST}:next_refresh_date`,
      build: deviceBuilder(bus, { statuses: config.WHITELISTED_MANAGEMENT_STATUSES }),
    });
    await bus.serve(getHawkeyeCustomerCache, hawkeyeCacheHandler(present));
  },
});
