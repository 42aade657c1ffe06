import type { Naming } from "@trunkline/cache";

/** How this cache is spoken of on Slack and in mails. */
export const naming: Naming = {
  service: "customer-cache",
  nouns: { one: "edge", many: "edges" },
  titleOf: (host) => `host ${host}`,
};
