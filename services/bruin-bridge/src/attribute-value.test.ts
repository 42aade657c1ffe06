import { expect, test } from "vitest";
import { findManagementStatus, findSerialNumber, valueIn } from "./attribute-value.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const asset = { client_id: 41001, status: "A", service_number: "5550009" };
const attributes = [
  { key: "Serial Number", value: "705999" },
  { key: "Management Status", value: "Pending" },
  { key: "Serial Number", value: "another" },
];

test.each([
  [findSerialNumber, "705999"],
  [findManagementStatus, "Pending"],
])("%o finds the first value of its attribute", async (find, value) => {
  const bruin = await scriptedBruin({ body: { inventoryId: "1", attributes } });
  expect(await find(bruin.client)(asset, requestContext())).toEqual({ status: 200, body: value });
  expect(bruin.calls[0]?.url).toBe("/api/Inventory/Attribute?ClientId=41001&Status=A&ServiceNumber=5550009");
});

test.each([
  [200, { attributes: [] }, null],
  [200, { attributes: null }, null],
  [200, { attributes: [null, { key: "Serial Number" }] }, null],
  [200, { inventoryId: "1" }, { inventoryId: "1" }],
  [200, "text", "text"],
  [200, null, null],
  [403, { attributes }, { attributes }],
])("of %i %j the serial number is %j", (status, body, value) => {
  expect(valueIn({ status, body }, "Serial Number")).toEqual({ status, body: value });
});
