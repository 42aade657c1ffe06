import { expect, test } from "vitest";
import { subscribe } from "./subscribe-user.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const subscription = { ticket_id: 7, user_email: "u@example.com", subscription_type: "NotesAndMilestones" };

test.each([
  [{ raw: "OK" }, { status: 200, body: "OK" }],
  [{ body: "OK" }, { status: 200, body: "OK" }],
  [{ raw: "" }, { status: 200, body: "" }],
  [
    { status: 403, body: { message: "no" } },
    { status: 403, body: { message: "no" } },
  ],
  [
    { status: 500, raw: "broken" },
    { status: 500, body: "broken" },
  ],
])("Bruin's %j is the reply", async (answer, reply) => {
  const bruin = await scriptedBruin(answer);
  expect(await subscribe(bruin.client)(subscription, requestContext())).toEqual(reply);
  expect(bruin.calls).toMatchObject([
    {
      method: "POST",
      url: "/api/Ticket/7/subscribeUser",
      body: { subscriptionType: "NotesAndMilestones", user: { email: "u@example.com" } },
    },
  ]);
});

test.each([{ raw: "<html>" }, { raw: '{"subscribed":' }])("%j does not say that it was done", async (answer) => {
  const bruin = await scriptedBruin(answer);
  expect(await subscribe(bruin.client)(subscription, requestContext())).toMatchObject({ status: 500 });
});
