import { expect, test } from "vitest";
import { replyToAll } from "./reply-email.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const answer = { parent_email_id: 3840001, reply_body: "<p>hi</p>", html_reply_body: true };

test.each([
  [true, "True"],
  [false, "False"],
])("an answer that is HTML: %j", async (html_reply_body, text) => {
  const bruin = await scriptedBruin({ body: { emailId: 3840002 } });
  const reply = await replyToAll(bruin.client)({ ...answer, html_reply_body }, requestContext());
  expect(reply).toEqual({ status: 200, body: { emailId: 3840002 } });
  expect(bruin.calls).toMatchObject([
    {
      method: "POST",
      url: `/api/Notification/email/ReplyAll?IsContentHTMLEncoded=${text}`,
      body: { content: "<p>hi</p>", emailId: 3840001 },
    },
  ]);
});

test.each([{ hangUp: true }, { raw: "<html>" }, { raw: '{"emailId":' }])(
  "after %j an answer that may have gone out is not taken for one that has not",
  async (script) => {
    const bruin = await scriptedBruin(script);
    expect(await replyToAll(bruin.client)(answer, requestContext())).toMatchObject({ status: 409 });
  },
);

test("an answer that did not go out because the login broke may be tried again", async () => {
  const bruin = await scriptedBruin();
  bruin.tokens = [{ hangUp: true }];
  expect(await replyToAll(bruin.client)(answer, requestContext())).toMatchObject({ status: 500 });
});
