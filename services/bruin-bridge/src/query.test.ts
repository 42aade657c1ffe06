import { expect, test } from "vitest";
import { pascalized, queryOf } from "./query.ts";

test.each([
  ["client_id", "ClientId"],
  ["start_date", "StartDate"],
  ["TicketID", "TicketID"],
  ["isContentHTMLEncoded", "IsContentHTMLEncoded"],
])("the filter %s is Bruin's %s", (key, name) => {
  expect(queryOf({ [key]: 1 })).toEqual({ [name]: 1 });
});

test("filters without a value are left out, lists stay lists", () => {
  expect(queryOf({ site_id: null, client_id: undefined, service_number: ["a", "b"] })).toEqual({
    ServiceNumber: ["a", "b"],
  });
});

test("keys are renamed all the way down", () => {
  expect(pascalized({ send_to: [{ user_email: "a@example.net" }], cc: null })).toEqual({
    SendTo: [{ UserEmail: "a@example.net" }],
    Cc: null,
  });
});
