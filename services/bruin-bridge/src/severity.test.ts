import { expect, test } from "vitest";
import { changeSeverity, findSeverity } from "./severity.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const change = { ticket_id: 7, severity: 2, reason: "edge offline" };
const recovering = () => ({ ...requestContext(), firstAttemptAt: new Date() });

test("a severity is set with its reason", async () => {
  const bruin = await scriptedBruin({ body: { TicketId: 7, Result: true } });
  const reply = await changeSeverity(bruin.client)(change, requestContext());
  expect(reply).toEqual({ status: 200, body: { TicketId: 7, Result: true } });
  expect(bruin.calls).toMatchObject([
    { method: "PUT", url: "/api/Ticket/7/severity", body: { Severity: 2, Reason: "edge offline" } },
  ]);
});

test("a 403 names the ticket", async () => {
  const bruin = await scriptedBruin({ status: 403 });
  expect(await changeSeverity(bruin.client)(change, requestContext())).toEqual({
    status: 403,
    body: "Permissions to change the severity level of ticket 7 were not granted",
  });
});

test.each([
  [2, { status: 200, body: { TicketId: 7, Result: true } }],
  ["2", { status: 200, body: { TicketId: 7, Result: true } }],
  [3, undefined],
  [null, undefined],
])("a ticket of severity %j is answered with %j", async (severity, reply) => {
  const bruin = await scriptedBruin({ body: { responses: [{ ticketID: 7, severity }] } });
  expect(await findSeverity(bruin.client)(change, recovering())).toEqual(reply);
});
