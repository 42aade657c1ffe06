import { expect, test } from "vitest";
import { getCustomerCache } from "./customer-cache.ts";

test.each([
  { filter: {} },
  { filter: { "vco1.example.net": [] } },
  { filter: { "vco1.example.net": [12] }, last_contact_filter: "2022-05-27 10:00:00.000000" },
  { filter: { "vco1.example.net": [12] }, last_contact_filter: null },
])("%j is a request", (body) => {
  expect(getCustomerCache.body.parse(body)).toEqual(body);
});

test.each([
  { filter: ["vco1.example.net"] },
  { filter: { "vco1.example.net": 12 } },
  { filter: {}, last_contact_filter: "yesterday" },
])("%j is none", (body) => {
  expect(getCustomerCache.body.safeParse(body).success).toBe(false);
});

test("a reply is the edges, or a text while there are none yet", () => {
  const edge = {
    edge: { host: "vco1.example.net", enterprise_id: 12, enterprise_name: "Acme Retail|90001|", edge_id: 701 },
    serial_number: "VC05200000701",
    bruin_client_info: { client_id: 90001, client_name: "Acme Retail", site_id: 777 },
    of_tomorrow: 1,
  };
  expect(getCustomerCache.reply.parse([edge])[0]).toMatchObject({ of_tomorrow: 1, ha_serial_number: null });
  expect(getCustomerCache.reply.parse("Cache is still being built for host(s): vco1.example.net")).toContain("built");
  expect(getCustomerCache.reply.safeParse([{ ...edge, serial_number: 5 }]).success).toBe(false);
});
