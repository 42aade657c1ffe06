import { expect, test } from "vitest";
import { markDone, setStatus } from "./email-status.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

test("an e-mail is marked as done in our user's name", async () => {
  const body = { success: true, email_id: 3840001 };
  const bruin = await scriptedBruin({ body });
  const reply = await markDone(bruin.client, "Trunkline")({ email_id: "3840001" }, requestContext());
  expect(reply).toEqual({ status: 200, body });
  expect(bruin.calls).toMatchObject([
    {
      method: "POST",
      url: "/api/Email/status",
      body: { emailId: "3840001", status: "Done", resolution: "Mark as done by Trunkline", updatedBy: "Trunkline" },
    },
  ]);
});

test.each([{ success: false }, {}, null])("%j says that nothing was done", async (body) => {
  const bruin = await scriptedBruin({ body });
  const reply = await markDone(bruin.client, "Trunkline")({ email_id: 3840001 }, requestContext());
  expect(reply).toEqual({ status: 400, body: "Problem marking email 3840001 as done" });
});

test("a status is set in our user's name", async () => {
  const bruin = await scriptedBruin({ body: { success: true } });
  const change = { email_id: 3840001, email_status: "AIQ" };
  const reply = await setStatus(bruin.client, "Trunkline")(change, requestContext());
  expect(reply).toEqual({ status: 200, body: { success: true } });
  expect(bruin.calls).toMatchObject([
    {
      method: "POST",
      url: "/api/Email/status",
      body: { emailId: 3840001, status: "AIQ", resolution: "Marked as AIQ by Trunkline", updatedBy: "Trunkline" },
    },
  ]);
});

test.each([
  [
    { status: 200, body: { success: false } },
    { status: 200, body: { success: false } },
  ],
  [
    { status: 404, body: { code: 404 } },
    { status: 404, body: { code: 404 } },
  ],
  [
    { status: 503, raw: "down" },
    { status: 503, body: "down" },
  ],
])("Bruin's %j is the reply", async (answer, reply) => {
  const bruin = await scriptedBruin(answer);
  const change = { email_id: 3840001, email_status: "Done" };
  expect(await setStatus(bruin.client, "Trunkline")(change, requestContext())).toEqual(reply);
});
