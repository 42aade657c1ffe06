import { expect, test } from "vitest";
import { addTag, addTagAgain } from "./tag-email.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const tag = { email_id: "3840001", tag_id: 3 };
const already = { status: 409, body: "Tag with ID 3 already present in e-mail with ID 3840001" };

test.each([
  [
    { status: 204, raw: "" },
    { status: 204, body: "" },
  ],
  [
    { status: 200, raw: "" },
    { status: 200, body: "" },
  ],
  [
    { status: 200, body: { id: 1 } },
    { status: 200, body: { id: 1 } },
  ],
  [{ status: 409, body: { message: "there" } }, already],
  [{ status: 404 }, { status: 404, body: "Resource not found" }],
])("Bruin's %j is answered with %j", async (answer, reply) => {
  const bruin = await scriptedBruin(answer);
  expect(await addTag(bruin.client)(tag, requestContext())).toEqual(reply);
  expect(bruin.calls).toMatchObject([{ method: "POST", url: "/api/Email/3840001/tag/3", body: "" }]);
});

test.each([
  [{ status: 409 }, { status: 200, body: "" }],
  [
    { status: 204, raw: "" },
    { status: 204, body: "" },
  ],
  [{ status: 500 }, { status: 500, body: "Got internal error from Bruin" }],
])("after a lost answer, %j means %j", async (answer, reply) => {
  const bruin = await scriptedBruin(answer);
  const context = { ...requestContext(), firstAttemptAt: new Date() };
  expect(await addTagAgain(bruin.client)(tag, context)).toEqual(reply);
});

test("parts of the path are encoded, and one that would lead elsewhere is refused", async () => {
  const bruin = await scriptedBruin({ status: 204, raw: "" });
  await addTag(bruin.client)({ email_id: "a/b?c", tag_id: 3 }, requestContext());
  expect(bruin.calls[0]?.url).toBe("/api/Email/a%2Fb%3Fc/tag/3");
  expect(await addTag(bruin.client)({ email_id: "..", tag_id: 3 }, requestContext())).toMatchObject({ status: 400 });
  expect(bruin.calls).toHaveLength(1);
});
