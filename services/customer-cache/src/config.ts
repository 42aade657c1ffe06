import { cacheConfig } from "@trunkline/cache";
import { json, list, text } from "@trunkline/service";
import { z } from "zod";

const edge = z.object({ host: z.string(), enterprise_id: z.number(), edge_id: z.number() });

/** An edge that must not be monitored, as VeloCloud numbers it. */
export type BlacklistedEdge = z.output<typeof edge>;

const hosts = list(text().min(1)).refine((all) => all.length > 0 && new Set(all).size === all.length);

export const customerCacheConfig = {
  ...cacheConfig,
  VELOCLOUD_HOSTS: hosts
    .meta({ expected: "a JSON array of different host names, or host names separated by commas" })
    .describe("the Orchestrators whose edges are cached"),
  BLACKLISTED_EDGES: json(z.array(edge))
    .default([])
    .describe('edges that are left out: [{"host":"vco1.example.net","enterprise_id":12,"edge_id":701}]'),
  BLACKLISTED_CLIENTS_WITH_PENDING_STATUS: list(z.coerce.number<string | number>().int())
    .default([])
    .describe("Bruin clients whose edges are left out while their management status is `Pending`"),
};
