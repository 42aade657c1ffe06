import { createGrpcService, type GrpcService } from "@trunkline/grpc";
import { kreProtoFile, kreService } from "@trunkline/kre";
import { pino } from "pino";
import { Registry } from "prom-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Players, startPlayers } from "../players.ts";
import { parseVectors, type Vector } from "../vectors.ts";
import { withoutDefaults } from "./defaults.ts";

const host = "kre.example.net";
const call = (message: object, answer: object) => ({
  grpc: { host, method: "/entrypoint.Entrypoint/SaveMetrics", message },
  answer,
});

function vectorOf(...thirdParty: object[]): Vector {
  const vector = { name: "v", subject: "t7.automation.metrics", request: {}, thirdParty };
  const [parsed] = parseVectors({ service: "t7-bridge", vectors: [vector] }).vectors;
  if (parsed === undefined) throw new Error("no vector");
  return parsed;
}

let players: Players;
let kre: GrpcService;

beforeAll(async () => {
  const vectors = [vectorOf(call({}, { message: {} }))];
  players = await startPlayers({ service: "t7-bridge", session: [], vectors });
  const { caFile, hostAliases } = players;
  const described = { protoFile: kreProtoFile, service: kreService };
  const shown = { logger: pino({ level: "silent" }), metrics: new Registry() };
  kre = createGrpcService({ name: "t7", target: `${host}:443`, hostAliases, caFile, ...described, ...shown });
});
afterAll(async () => {
  kre.close();
  await players.stop();
});

const save = (message: Record<string, unknown>) =>
  kre.call({
    method: "SaveMetrics",
    message,
    deadline: Date.now() + 2_000,
    signal: new AbortController().signal,
    requestId: "r1",
  });

test("a call that is expected gets its answer, whether defaults are written down or not", async () => {
  players.stage.begin(
    vectorOf(
      call({ ticket_id: 7, ticket_rows: [{ asset: { $match: "VC.*" }, sla: 0 }] }, { message: { message: "a" } }),
    ).thirdParty,
  );
  expect(await save({ ticket_id: 7, ticket_rows: [{ asset: "VC1", detail_id: 0 }] })).toEqual({ message: "a" });
  expect(players.stage.end()).toEqual([]);
});

test.each([
  [{ status: "PERMISSION_DENIED", details: "no" }, "PERMISSION_DENIED"],
  [{ fault: "hang-up" }, "UNAVAILABLE"],
  [{ fault: "garbage" }, "INTERNAL"],
] as const)("the answer %j is given as %s", async (answer, reason) => {
  players.stage.begin(vectorOf(call({ ticket_id: 7 }, answer)).thirdParty);
  await expect(save({ ticket_id: 7 })).rejects.toMatchObject({ reason });
  expect(players.stage.end()).toEqual([]);
});

test("a call that nobody expects is refused, and the difference told", async () => {
  players.stage.begin(vectorOf(call({ ticket_id: 7 }, { message: {} })).thirdParty);
  await expect(save({ ticket_id: 8 })).rejects.toMatchObject({ reason: "UNIMPLEMENTED" });
  expect(players.stage.end()).toEqual([
    expect.stringContaining("message.ticket_id is 8 rather than 7"),
    expect.stringContaining("was not asked"),
  ]);
});

test.each([
  [{ answer: { message: {}, status: "OK", details: "" } }, /answer/],
  [{ answer: { status: "unavailable", details: "" } }, /answer/],
  [{ grpc: { host, method: "Prediction", message: {} } }, /such as \/package\.Service\/Method/],
])("%j is no exchange", (changes, complaint) => {
  expect(() => vectorOf({ ...call({}, { message: {} }), ...changes })).toThrow(complaint);
});

test("defaults are taken away at every depth, items of lists stay", () => {
  const value = { a: 0, b: "", c: false, d: null, e: [], f: { a: 0, b: 1 }, g: [{ a: 0 }, {}], h: [0] };
  expect(withoutDefaults(value)).toEqual({ f: { b: 1 }, g: [{}, {}], h: [0] });
});
