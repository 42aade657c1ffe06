import { expect, test } from "vitest";
import { fieldNameOf, ticketRowsOf } from "./ticket-rows.ts";

test.each([
  ["Asset", "asset"],
  ["Product", "product"],
  ["EnteredDate", "entered_date"],
  ["Notes", "notes"],
  ["Task Result", "task_result"],
  ["ClientName", "client_name"],
  ["City", "city"],
  ["State", "state"],
  ["EnteredDate_N", "entered_date_n"],
  ["Note Entered By", "note_entered_by"],
  ["Ticket Entered Date", "ticket_entered_date"],
  ["CallTicketID", "call_ticket_id"],
  ["Initial Note @ Ticket Creation", "initial_note_ticket_creation"],
  ["DetailID", "detail_id"],
  ["Address1", "address1"],
  ["Address2", "address2"],
  ["Zip", "zip"],
  ["Site Name", "site_name"],
  ["NoteType", "note_type"],
  ["Note Entered Date", "note_entered_date"],
  ["Task Assigned To", "task_assigned_to"],
  ["Task", "task"],
  ["SLA", "sla"],
  ["Ticket Status", "ticket_status"],
  ["@", ""],
])("Bruin's %j is %j", (key, name) => {
  expect(fieldNameOf(key)).toBe(name);
});

test("null and keys that T7 does not know are left out", () => {
  const rows: Record<string, unknown>[] = [
    { Asset: "VC1", DetailID: null, "Next Moon": "full", constructor: "odd" },
    {},
  ];
  expect(ticketRowsOf(rows)).toEqual({ ok: true, rows: [{ asset: "VC1" }, {}] });
});

test.each([
  ["SLA", 1, 1],
  ["SLA", "-1", -1],
  ["DetailID", 5_000_000_000, 5_000_000_000],
  ["CallTicketID", "7001", 7001],
  ["Zip", "07733", "07733"],
  ["Zip", 60601, "60601"],
  ["Notes", "", ""],
])("%s may be %j", (key, value, converted) => {
  expect(ticketRowsOf([{ [key]: value }])).toEqual({ ok: true, rows: [{ [fieldNameOf(key)]: converted }] });
});

test.each([
  ["SLA", 1.5, "a whole number of 32 bits"],
  ["SLA", 2 ** 31, "a whole number of 32 bits"],
  ["DetailID", "", "a whole number"],
  ["DetailID", "12a", "a whole number"],
  ["DetailID", 2 ** 60, "a whole number"],
  ["Task Result", {}, "a text"],
  ["Notes", true, "a text"],
])("%s may not be %j", (key, value, expected) => {
  expect(ticketRowsOf([{}, { [key]: value }])).toEqual({
    ok: false,
    complaint: `body.ticket_rows.1.${key}: expected ${expected}`,
  });
});
