import type { Naming } from "@trunkline/cache";

/** How this cache is spoken of on Slack and in mails. */
export function namingOf(environment: string): Naming {
  return {
    service: "customer-cache",
    environment,
    nouns: { one: "edge", many: "edges" },
    titleOf: (host) => `host ${host}`,
  };
}
