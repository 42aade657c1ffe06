import { list, seconds, text } from "@trunkline/service";

/** The variables that every cache has. */
export const cacheConfig = {
  REFRESH_JOB_INTERVAL: seconds({ min: 1 }).default(14_400).describe("seconds between two refreshes"),
  REFRESH_CHECK_INTERVAL: seconds({ min: 1 }).default(300).describe("seconds between looks whether a refresh is due"),
  WHITELISTED_MANAGEMENT_STATUSES: list(text().min(1))
    .default(["Pending", "Active – Gold Monitoring", "Active – Platinum Monitoring"])
    .describe("management statuses in Bruin that put something under monitoring"),
  DUPLICATE_INVENTORIES_RECIPIENT: text()
    .optional()
    .describe("address for mails about the cache, such as serials with several inventory items; none without it"),
};
