import { expect, test } from "vitest";
import { linkEmail } from "./link-email.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const linked = { success: true, emailId: 3840001, ticketId: 7, totalEmailAffected: 1, warnings: [] };
const problem = { status: 400, body: "Problem linking ticket 7 and email 3840001" };

test.each([
  [{ body: linked }, { status: 200, body: linked }],
  [
    { status: 201, body: linked },
    { status: 200, body: linked },
  ],
  [{ body: { success: false, warnings: ["no"] } }, problem],
  [{ body: null }, problem],
  [
    { status: 400, body: { message: "no" } },
    { status: 400, body: { message: "no" } },
  ],
])("Bruin's %j is answered with %j", async (answer, reply) => {
  const bruin = await scriptedBruin(answer);
  expect(await linkEmail(bruin.client)({ ticket_id: 7, email_id: "3840001" }, requestContext())).toEqual(reply);
  expect(bruin.calls).toMatchObject([{ method: "POST", url: "/api/Email/3840001/link/ticket/7", body: "" }]);
});
