import { startNats } from "@trunkline/brokers";
import { connect, type NatsConnection } from "nats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Players, startPlayers } from "./players.ts";
import { type Outcome, replayAll } from "./replay-all.ts";
import { Stage } from "./stage.ts";
import { serveAcme } from "./testing/acme-bridge.ts";
import { untilServed } from "./until-served.ts";
import { parseVectors } from "./vectors.ts";

const releases = new AsyncDisposableStack();
let nats: NatsConnection;
let players: Players;

const exchange = (response: object, request: object = {}) => ({
  request: {
    method: "POST",
    host: "acme.example.net",
    path: "/things",
    query: { a: "1" },
    json: { id: 7 },
    ...request,
  },
  response,
});
const answers = (...numbers: number[]) => numbers.map((json) => exchange({ status: 200, json }));
const reply = (body: unknown, status = 200) => ({ request_id: "r1", body, status });

/** Vectors of a bridge that makes `calls` calls and replies with the last answer, or with 500. */
function vector(calls: number, thirdParty: object[], expected: object, changes: object = {}) {
  const request = { request_id: "r1", body: { calls } };
  return { name: "v", subject: "acme.thing", request, thirdParty, reply: expected, ...changes };
}

beforeAll(async () => {
  const broker = await startNats({ jetStream: false });
  releases.defer(() => broker.stop());
  const [login] = answers(0);
  players = await startPlayers(parseVectors({ service: "acme", session: [login], vectors: [vector(0, [], reply(0))] }));
  releases.defer(() => players.stop());
  nats = await connect({ servers: broker.url });
  releases.defer(() => nats.close());
  serveAcme(nats, players);
});
afterAll(() => releases.disposeAsync());

async function outcomesOf(...vectors: object[]) {
  const named = vectors.map((each, index) => ({ ...each, name: `v${index}` }));
  const parsed = parseVectors({ service: "acme", vectors: named }).vectors;
  const starts: string[] = [];
  const restart = async () => void starts.push("start");
  const outcomes: Outcome[] = [];
  for await (const outcome of replayAll(parsed, {
    nats,
    stage: players.stage,
    runId: "run",
    restart,
    replyWithinMs: 15_000,
  }))
    outcomes.push(outcome);
  return { outcomes, starts, complaints: outcomes.map(({ complaints }) => complaints.join("\n")) };
}

test.each([
  ["one call", vector(1, answers(1), reply(1))],
  ["equal calls are answered in the file's order", vector(2, answers(1, 2), reply(2))],
  ["a session's call is answered without being expected, ever again", vector(3, [], reply(0))],
  ["a connection that ends is a failure", vector(1, [exchange({ fault: "hang-up" })], reply("broken", 500))],
  ["an answer that is cut short is a failure", vector(1, [exchange({ fault: "cut-short" })], reply("broken", 500))],
  ["a status", vector(1, [exchange({ status: 503, text: "busy" })], reply("broken", 500))],
  [
    "headers that have to be there",
    vector(1, [exchange({ status: 200, json: 1 }, { headers: { "X-Kind": "thing" } })], reply(1)),
  ],
])("conforms: %s", async (_name, each) => {
  expect((await outcomesOf(each)).complaints).toEqual([""]);
});

test.each([
  ["another reply", vector(1, answers(2), reply(1)), "reply.body is 2 rather than 1"],
  ["another status", vector(0, [], reply(null, 202)), "reply.status is 200 rather than 202"],
  [
    "a call that is not made",
    vector(1, answers(1, 2), reply(1)),
    'the third party was not asked {"request":{"method":"POST"',
  ],
  [
    "another body",
    vector(1, [exchange({ status: 200, json: 1 }, { json: { id: 8 } })], reply(0)),
    "the third party was not asked",
  ],
  ["no reply", vector(0, [], reply(null), { subject: "acme.other" }), "no reply to acme.other: 503"],
])("differs: %s", async (_name, each, complaint) => {
  const { outcomes, complaints } = await outcomesOf(each);
  expect(outcomes).toMatchObject([{ verdict: "differs" }]);
  expect(complaints[0]).toContain(complaint);
});

test("a call that nobody expects is told with what differs", () => {
  const stage = new Stage([]);
  const [waiting] = parseVectors({ service: "acme", vectors: [vector(1, answers(1), reply(1))] }).vectors;
  stage.begin(waiting?.thirdParty ?? []);
  expect(stage.take("http", () => "query.a is 2 rather than 1", "GET /things?a=2")).toBeUndefined();
  expect(stage.take("http", () => undefined, "GET /things?a=1")).toBeDefined();
  expect(stage.take("http", () => undefined, "GET /things?a=1")).toBeUndefined();
  expect(stage.end()).toEqual([
    "the third party was asked GET /things?a=2: query.a is 2 rather than 1",
    "the third party was asked GET /things?a=1: nothing more is expected",
  ]);
});

test("a bridge is started anew after a failure of its third party, and during a vector that says so", async () => {
  const failing = vector(1, [exchange({ status: 500 })], reply("broken", 500));
  const fine = vector(1, answers(1), reply(1));
  expect((await outcomesOf(fine, fine)).starts).toHaveLength(0);
  expect((await outcomesOf(fine, failing, fine, fine)).starts).toHaveLength(1);
  expect((await outcomesOf({ ...fine, fresh: true })).starts).toHaveLength(1);
});

test("waiting for a bridge ends when it serves, or when the time is over", async () => {
  await untilServed(nats, ["acme.thing"], 1_000);
  await expect(untilServed(nats, ["acme.other"], 10)).rejects.toThrow("nobody serves acme.other");
});
