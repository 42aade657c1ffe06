import { expect, test } from "vitest";
import { customersOf } from "./customer-info.ts";

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
