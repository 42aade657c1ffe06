import { expect, test } from "vitest";
import { customersOf, getCustomers } from "./customer-info.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const document = { clientID: 41001, clientName: "Acme", siteId: 16001, serviceNumber: "VC001", status: "A" };

test("an active document of the number names its client and site", () => {
  expect(customersOf([document], ["VC001"])).toEqual([{ client_id: 41001, client_name: "Acme", site_id: 16001 }]);
});

test("what a document leaves out is null", () => {
  expect(customersOf([{ serviceNumber: "VC001", status: "A" }], ["VC001"])).toEqual([
    { client_id: null, client_name: null, site_id: null },
  ]);
});

test.each([
  [{ ...document, status: "D" }, ["VC001"]],
  [document, ["VC0011"]],
  [document, []],
  [{ ...document, serviceNumber: null }, ["VC001"]],
])("%j is not of %j", (each, numbers) => {
  expect(customersOf([each], numbers)).toEqual([]);
});

test("the service number's customers are asked for as Bruin spells it", async () => {
  const bruin = await scriptedBruin({ body: { documents: [document, null, "odd"] } });
  const wanted = { service_number: ["VC001", "VC002"], status: "A", client_id: null };
  const reply = await getCustomers(bruin.client)(wanted, requestContext());
  expect(reply).toEqual({ status: 200, body: [{ client_id: 41001, client_name: "Acme", site_id: 16001 }] });
  expect(bruin.calls[0]?.url).toBe("/api/Inventory?ServiceNumber=VC001&ServiceNumber=VC002&Status=A");
});

test("no documents are no customers", async () => {
  const bruin = await scriptedBruin({ body: { documents: null } });
  const reply = await getCustomers(bruin.client)({ service_number: "VC001" }, requestContext());
  expect(reply).toEqual({ status: 200, body: [] });
});
