import { expect, test } from "vitest";
import { listTaskHistory } from "./task-history.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

test.each([
  [{ result: [{ Asset: "VC1" }] }, [{ Asset: "VC1" }]],
  [{ result: null }, []],
  [null, []],
])("of %j the history is %j", async (body, rows) => {
  const bruin = await scriptedBruin({ body });
  expect(await listTaskHistory(bruin.client)({ ticket_id: 7 }, requestContext())).toEqual({ status: 200, body: rows });
  expect(bruin.calls[0]?.url).toBe("/api/Ticket/AITicketData?ticketId=7");
});

test("a refusal passes", async () => {
  const bruin = await scriptedBruin({ status: 400, body: { result: [] } });
  const reply = await listTaskHistory(bruin.client)({ ticket_id: 7 }, requestContext());
  expect(reply).toEqual({ status: 400, body: { result: [] } });
});
