import { type Answer, ThirdPartyError } from "@trunkline/http";
import { expect, test } from "vitest";
import { edgeEvents, enterpriseEvents } from "./events.ts";
import { context, HOST, scripted } from "./testing/scripted-orchestrator.ts";

const request = {
  edge: { host: HOST, enterprise_id: 12, edge_id: 701 },
  start_date: "2022-06-02 10:00:00+00:00",
  end_date: "2022-06-03 10:00:00+00:00",
};
const failed =
  "Exception thrown when getting all events from host vco1.example.net using payload " +
  "{'enterpriseId': 12, 'interval': {'start': '2022-06-02 10:00:00+00:00', 'end': '2022-06-03 10:00:00+00:00'}, " +
  "'filter': {'limit': None}, 'edgeId': [701]}...";

async function ask(result: Partial<Answer> | Error, more: { filter?: string[] | null; limit?: number | null } = {}) {
  const { orchestrators, calls } = scripted(result);
  return { reply: await edgeEvents(orchestrators)({ ...request, ...more }, context), calls };
}

test("the events of the page are handed on", async () => {
  const events = [{ event: "LINK_DEAD" }];
  const { reply, calls } = await ask({ body: { metaData: {}, data: events } });
  expect(reply).toEqual({ status: 200, body: events });
  expect(calls).toEqual([
    {
      method: "event/getEnterpriseEvents",
      body: {
        enterpriseId: 12,
        interval: { start: "2022-06-02 10:00:00+00:00", end: "2022-06-03 10:00:00+00:00" },
        filter: { limit: null },
        edgeId: [701],
      },
    },
  ]);
});

test.each([
  [
    { filter: ["LINK_DEAD"], limit: 25 },
    { limit: 25, rules: [{ field: "event", op: "is", values: ["LINK_DEAD"] }] },
  ],
  [{ filter: [] }, { limit: null, rules: [{ field: "event", op: "is", values: [] }] }],
  [{ filter: null, limit: null }, { limit: null }],
])("%j asks for %j", async (more, filter) => {
  const { calls } = await ask({ body: { data: [] } }, more);
  expect(calls).toMatchObject([{ body: { filter } }]);
});

test.each([
  [{ status: 400, body: { error: { message: "bad" } } }, 400, { error: { message: "bad" } }],
  [{ status: 503 }, 500, "Got internal error from Velocloud"],
  [{ status: 404, body: { any: 1 } }, 404, { any: 1 }],
  [{ status: 200, body: { metaData: {} } }, 500, failed],
] satisfies [Partial<Answer>, number, unknown][])("%j is a %i", async (answer, status, body) => {
  expect((await ask(answer)).reply).toEqual({ status, body });
});

test.each([
  ["reset", 500, failed],
  ["timeout", 500, failed],
  ["login-failed", 401, "Login to Velocloud failed"],
] as const)("no answer because of %s is a %i", async (reason, status, body) => {
  const error = new ThirdPartyError(reason, { system: "velocloud", host: HOST });
  expect((await ask(error)).reply).toEqual({ status, body });
});

test("a host that is not configured is named and not contacted", async () => {
  const { orchestrators, calls } = scripted({});
  const elsewhere = { ...request, edge: { ...request.edge, host: "vco9.example.net" } };
  expect(await edgeEvents(orchestrators)(elsewhere, context)).toMatchObject({
    status: 400,
    body: expect.stringContaining("vco9.example.net"),
  });
  expect(calls).toEqual([]);
});

test("events of an enterprise are asked for without naming edges", async () => {
  const { edge: _, ...interval } = request;
  const { orchestrators, calls } = scripted({ body: { data: [{ event: "LINK_DEAD" }] } });
  const body = { host: HOST, enterprise_id: 12, ...interval, filter: ["LINK_DEAD"] };
  expect(await enterpriseEvents(orchestrators)(body, context)).toEqual({ status: 200, body: [{ event: "LINK_DEAD" }] });
  expect(calls).toEqual([
    {
      method: "event/getEnterpriseEvents",
      body: {
        enterpriseId: 12,
        interval: { start: "2022-06-02 10:00:00+00:00", end: "2022-06-03 10:00:00+00:00" },
        filter: { limit: null, rules: [{ field: "event", op: "is", values: ["LINK_DEAD"] }] },
      },
    },
  ]);
});

test("a failure tells the query of an enterprise, too", async () => {
  const { edge: _, ...interval } = request;
  const { orchestrators } = scripted(new ThirdPartyError("reset", { system: "velocloud", host: HOST }));
  const reply = await enterpriseEvents(orchestrators)({ host: HOST, enterprise_id: 12, ...interval }, context);
  expect(reply).toEqual({ status: 500, body: failed.replace(", 'edgeId': [701]", "") });
});
