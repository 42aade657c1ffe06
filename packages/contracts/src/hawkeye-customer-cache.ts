import { z } from "zod";
import { contractsOf } from "./contract.ts";
import { wireDateText } from "./wire.ts";

const { request } = contractsOf("hawkeye-customer-cache", "customer_cache");

// A value of an unexpected type becomes null, because one odd device must not hide all the others; only what a device
// is recognised by is insisted on.
const text = z.string().nullable().catch(null);

/** A probe (Network Scout, "Ixia device") crossed with the customer it belongs to. */
export const cachedProbe = z.looseObject({
  probe_id: z.string(),
  probe_uid: text.describe("Its MAC address; tests are asked for by it"),
  probe_group: text,
  device_type_name: text.describe("xr_pi, xr2000, ..."),
  last_contact: text.describe("ISO 8601; the later of its two kinds of tests"),
  serial_number: z.string(),
  bruin_client_info: z.looseObject({
    client_id: z.number(),
    client_name: text,
    site_id: z.number().nullable().catch(null),
  }),
});
export type CachedProbe = z.output<typeof cachedProbe>;

export const getHawkeyeCustomerCache = request({
  subject: "hawkeye.customer.cache.get",
  effect: "read",
  timeoutSeconds: 120,
  description: "Probes under monitoring with their Bruin client. 202 with a text until a first build.",
  body: z.looseObject({
    last_contact_filter: wireDateText.nullish().describe("Only devices heard of after this moment"),
  }),
  // 202 is a success to a requester that looks at the hundreds alone, and carries a text.
  reply: z.union([z.array(cachedProbe), z.string()]),
  complaints: { noBody: 'You must specify {.."body":{...}} in the request' },
});
