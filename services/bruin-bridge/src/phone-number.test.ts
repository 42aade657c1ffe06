import { expect, test } from "vitest";
import { findByPhoneNumber } from "./phone-number.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

test("a client is found by the number that callers dial", async () => {
  const body = { inventoryId: 12340001, clientId: 41001, clientName: "ACME", btn: "5550100000" };
  const bruin = await scriptedBruin({ body });
  expect(await findByPhoneNumber(bruin.client)({ did: "+15550100" }, requestContext())).toEqual({ status: 200, body });
  expect(bruin.calls[0]?.url).toBe("/api/Inventory/phoneNumber/Lines?phoneNumber=%2B15550100&phoneNumberType=DID");
});
