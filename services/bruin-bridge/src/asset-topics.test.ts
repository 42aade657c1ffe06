import { expect, test } from "vitest";
import { listTopics } from "./asset-topics.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const topics = { callTypes: [{ callType: "REP", category: "VOO" }] };
const problem = { message: "no such asset", type: "ValidationException", code: 400 };

test.each([
  [{ body: topics }, { status: 200, body: topics }],
  [
    { status: 400, body: problem },
    { status: 400, body: problem },
  ],
  [
    { status: 404, body: problem },
    { status: 404, body: problem },
  ],
  [
    { status: 401, body: problem },
    { status: 401, body: problem },
  ],
  [
    { status: 502, raw: "<html>", headers: { "content-type": "text/html" } },
    { status: 502, body: "<html>" },
  ],
])("Bruin's %j is the reply", async (answer, reply) => {
  const bruin = await scriptedBruin(answer);
  const asset = { client_id: 41001, service_number: "VC1" };
  expect(await listTopics(bruin.client)(asset, requestContext())).toEqual(reply);
  expect(bruin.calls[0]?.url).toBe("/api/Ticket/topics?ClientId=41001&ServiceNumber=VC1");
});

test.each([{ raw: "<html>", headers: { "content-type": "text/html" } }, { raw: '{"callTypes":[' }, { raw: "OK" }])(
  "%j is no answer, though its status says so",
  async (answer) => {
    const bruin = await scriptedBruin(answer);
    const reply = await listTopics(bruin.client)({ client_id: 41001, service_number: "VC1" }, requestContext());
    expect(reply).toMatchObject({ status: 500, body: expect.stringMatching(/^ClientConnectionError: bruin: GET/) });
  },
);

test("silence is told in the words that requesters know", async () => {
  const bruin = await scriptedBruin({ hangUp: true });
  const reply = await listTopics(bruin.client)({ client_id: 41001, service_number: "VC1" }, requestContext());
  expect(reply).toMatchObject({ status: 500, body: expect.stringMatching(/^ClientConnectionError: bruin: GET/) });
});
