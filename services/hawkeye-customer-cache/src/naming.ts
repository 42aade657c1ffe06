import type { Naming } from "@trunkline/cache";

/** How this cache is spoken of on Slack and in mails. */
export const naming: Naming = {
  service: "hawkeye-customer-cache",
  nouns: { one: "Ixia device", many: "Ixia devices" },
  titleOf: () => "Hawkeye",
};
