import { expect, test } from "vitest";
import { getHawkeyeCustomerCache } from "./hawkeye-customer-cache.ts";

test.each([{}, { last_contact_filter: null }, { last_contact_filter: "2022-05-27 10:00:00.000000" }])(
  "%j is a request",
  (body) => {
    expect(getHawkeyeCustomerCache.body.parse(body)).toEqual(body);
  },
);

test.each([{ last_contact_filter: "yesterday" }, { last_contact_filter: 7 }, [], "all"])("%j is none", (body) => {
  expect(getHawkeyeCustomerCache.body.safeParse(body).success).toBe(false);
});

test("a reply is the devices, or a text while there are none yet", () => {
  const device = { probe_id: "31", serial_number: "B827EB000031", bruin_client_info: { client_id: 90001 } };
  expect(getHawkeyeCustomerCache.reply.parse([device])).toMatchObject([{ probe_uid: null, last_contact: null }]);
  expect(getHawkeyeCustomerCache.reply.parse("Cache is still being built")).toBe("Cache is still being built");
  expect(getHawkeyeCustomerCache.reply.safeParse([{ ...device, serial_number: 31 }]).success).toBe(false);
});
