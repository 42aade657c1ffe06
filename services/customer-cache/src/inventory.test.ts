import { inventoryAttributes } from "@trunkline/contracts";
import { expect, test } from "vitest";
import { isMonitored, logicalIdOf } from "./inventory.ts";

const rules = { statuses: ["Pending", "Active – Gold Monitoring"], notWhilePending: [90001] };

function attributes(values: Record<string, string>) {
  return inventoryAttributes.parse({ attributes: Object.entries(values).map(([key, value]) => ({ key, value })) });
}

test.each([
  ["Active – Gold Monitoring", 90001, true],
  ["Active - Gold Monitoring", 90001, true],
  ["Active — Gold  Monitoring ", 90001, true],
  ["Active – Bronze Monitoring", 90001, false],
  ["Pending", 90002, true],
  ["Pending", 90001, false],
  ["", 90001, false],
])("%j of client %i: %j", (status, client, monitored) => {
  expect(isMonitored(attributes({ "Management Status": status }), client, rules)).toBe(monitored);
});

test("an asset without a status is not monitored", () => {
  expect(isMonitored(attributes({ "Serial Number": "VC1" }), 90001, rules)).toBe(false);
});

test("a link is known by the attributes that carry its interface", () => {
  const known = attributes({
    "GE1 Access Type": "Wireless",
    "GE1 Service Number": "33.RBCB.1",
    "GE2 Access Type": "Fiber",
  });
  expect(logicalIdOf({ interface: "GE1", logicalId: "00:04" }, known)).toEqual({
    interface_name: "GE1",
    logical_id: "00:04",
    access_type: "Wireless",
    service_number: "33.RBCB.1",
  });
  expect(logicalIdOf({ interface: "GE2", logicalId: null }, known)).toMatchObject({ service_number: null });
});
