import { z } from "zod";
import { contractsOf } from "./contract.ts";
import { wireDateText, wireId } from "./wire.ts";

const { request } = contractsOf("customer-cache", "customer_cache");

// A value of an unexpected type becomes null, because one odd edge must not hide all the others; only what an edge is
// recognised by is insisted on.
const text = z.string().nullable().catch(null);
const id = z.number().nullable().catch(null);

/** Names an edge at VeloCloud: its Orchestrator, its enterprise there and its number there. */
export const edgeIdentity = z.looseObject({
  host: z.string(),
  enterprise_id: z.number(),
  enterprise_name: text,
  edge_id: z.number(),
});
export type EdgeIdentity = z.output<typeof edgeIdentity>;

/** A link as Bruin's inventory knows it: how it is connected, and the service number (WTN) it is billed under. */
export const cachedLogicalId = z.looseObject({
  interface_name: text,
  logical_id: text,
  access_type: text,
  service_number: text,
});
export type CachedLogicalId = z.output<typeof cachedLogicalId>;

/** Someone who is told about a client's tickets. */
export const cachedContact = z.looseObject({ firstName: text, lastName: text, email: text, phone: text });
export type CachedContact = z.output<typeof cachedContact>;

/** Where an edge stands. `tzOffset` is the site's offset from UTC in hours, taken when the cache was built. */
export const cachedSite = z.looseObject({
  clientID: id,
  clientName: text,
  siteID: id,
  siteLabel: text,
  address: z.looseObject({ address: text, city: text, state: text, zip: text, country: text }).nullable().catch(null),
  timeZone: text.describe("Eastern, Central, Mountain, Pacific, ..."),
  primaryContactName: text,
  primaryContactPhone: text,
  primaryContactEmail: text,
  tzOffset: id,
});
export type CachedSite = z.output<typeof cachedSite>;

/** An edge crossed with the customer it belongs to. A highly available pair appears twice, serials swapped. */
export const cachedEdge = z.looseObject({
  edge: edgeIdentity,
  edge_name: text,
  last_contact: text.describe("ISO 8601, or `0000-00-00 00:00:00` for never"),
  logical_ids: z.array(cachedLogicalId).catch([]),
  serial_number: z.string(),
  ha_serial_number: text,
  bruin_client_info: z.looseObject({
    client_id: z.number(),
    client_name: text,
    site_id: id,
  }),
  site_details: cachedSite.nullable().catch(null),
  ticket_contact_details: cachedContact.nullable().catch(null),
  ticket_contact_additional_subscribers: z.array(cachedContact).nullable().catch(null),
  links_configuration: z
    .array(z.looseObject({ interfaces: z.array(z.string()).catch([]), mode: text, type: text }))
    .catch([]),
});
export type CachedEdge = z.output<typeof cachedEdge>;

export const getCustomerCache = request({
  subject: "customer.cache.get",
  effect: "read",
  timeoutSeconds: 120,
  description:
    "Edges under monitoring with their Bruin client, site and contacts. 202 with a text until a first build.",
  body: z.looseObject({
    filter: z
      .record(z.string(), z.array(wireId))
      .describe("Orchestrator host → enterprise ids; no ids mean all of them, no hosts mean every host"),
    last_contact_filter: wireDateText.nullish().describe("Only edges heard of after this moment"),
  }),
  // 202 is a success to a requester that looks at the hundreds alone, and carries a text.
  reply: z.union([z.array(cachedEdge), z.string()]),
  complaints: {
    noBody: 'You must specify {.."body":{"filter":[...]}} in the request',
    missingKey: 'You must specify "filter" in the body',
  },
});
