import { expect, test } from "vitest";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";
import { listContacts } from "./ticket-contacts.ts";

test("a client's contacts keep Bruin's order", async () => {
  const results = [{ email: "ops@example.net" }, { email: "noc@example.net" }];
  const bruin = await scriptedBruin({ body: { results } });
  const reply = await listContacts(bruin.client)({ client_id: 41001 }, requestContext());
  expect(reply).toEqual({ status: 200, body: results });
  expect(bruin.calls[0]?.url).toBe("/api/Ticket/Contacts?ClientId=41001");
});

test.each([{ results: [] }, { results: null }, null])("%j is a 404 that names the client", async (body) => {
  const bruin = await scriptedBruin({ body });
  expect(await listContacts(bruin.client)({ client_id: 41001 }, requestContext())).toEqual({
    status: 404,
    body: "No ticket contacts information was found for client 41001",
  });
});
