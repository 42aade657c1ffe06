import { expect, test } from "vitest";
import { sendMilestone } from "./milestone-email.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const milestone = {
  ticket_id: 7,
  notification_type: "TicketBYOBOutageRepairReminder-E-Mail",
  service_number: "VC1",
};

test("a milestone reaches Bruin with its extras in Bruin's spelling", async () => {
  const bruin = await scriptedBruin({ body: { eventId: 12, jobId: 5 } });
  const reply = await sendMilestone(bruin.client)({ ...milestone, send_copy: true }, requestContext());
  expect(reply).toEqual({ status: 200, body: { eventId: 12, jobId: 5 } });
  expect(bruin.calls).toMatchObject([
    {
      method: "POST",
      url: "/api/Notification/email/milestone",
      body: {
        TicketId: 7,
        NotificationType: "TicketBYOBOutageRepairReminder-E-Mail",
        Detail: { ServiceNumber: "VC1" },
        SendCopy: true,
      },
    },
  ]);
});

test("a mail that may have gone out is not taken for one that has not", async () => {
  const bruin = await scriptedBruin({ hangUp: true });
  expect(await sendMilestone(bruin.client)(milestone, requestContext())).toMatchObject({ status: 409 });
});

test.each([
  ["Bruin refuses", { answers: [{ status: 500 }] }],
  ["the login breaks", { tokens: [{ hangUp: true }] }],
])("a mail that did not go out because %s may be tried again", async (_, script) => {
  const bruin = await scriptedBruin();
  Object.assign(bruin, script);
  expect(await sendMilestone(bruin.client)(milestone, requestContext())).toMatchObject({ status: 500 });
});
