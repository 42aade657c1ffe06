import { type Answer, ThirdPartyError } from "@trunkline/http";
import { expect, test } from "vitest";
import { enterpriseNames } from "./enterprise-names.ts";
import { context, HOST, scripted } from "./testing/scripted-orchestrator.ts";

const OTHER = "vco2.example.net";
const named = (...names: string[]) => ({ body: { edgeCount: 1, enterprises: names.map((name) => ({ name })) } });

/** Asks while two Orchestrators give these answers. */
function ask(filter: string[], first: Partial<Answer> | Error, second: Partial<Answer> | Error = named("Globex|3|")) {
  const one = scripted(first).orchestrators.get(HOST);
  const two = scripted(second).orchestrators.get(HOST);
  if (one === undefined || two === undefined) throw new Error("no Orchestrators");
  const orchestrators = new Map([
    [HOST, one],
    [OTHER, two],
  ]);
  return enterpriseNames(orchestrators)({ filter }, context);
}

test("an empty filter gives all names, in the order of hosts", async () => {
  expect(await ask([], named("Acme|1|", "Acme|1|", "Initech|2|"))).toEqual({
    status: 200,
    body: ["Acme|1|", "Acme|1|", "Initech|2|", "Globex|3|"],
  });
});

test.each([
  [
    ["Globex|3|", "Acme|1|"],
    ["Acme|1|", "Globex|3|"],
  ],
  [["Acme"], []],
  [
    ["Acme|1|", "Acme|1|"],
    ["Acme|1|", "Acme|1|"],
  ],
])("%j finds %j", async (filter, names) => {
  expect((await ask(filter, named("Acme|1|"))).body).toEqual(names);
});

test.each([
  [{ status: 503 }, `Enterprises of ${HOST} could not be had (500): Got internal error from Velocloud`],
  [
    { status: 400, body: { error: { message: "bad" } } },
    `Enterprises of ${HOST} could not be had (400): {"error":{"message":"bad"}}`,
  ],
  [{ body: {} }, `Enterprises of ${HOST} could not be had (500): Got an unexpected answer from Velocloud`],
  [
    new ThirdPartyError("timeout", { system: "velocloud", host: HOST }),
    `Enterprises of ${HOST} could not be had (504): Velocloud did not answer in time`,
  ],
])("one host that answers %j fails all", async (answer, body) => {
  expect(await ask([], answer)).toEqual({ status: 500, body });
});

test("every host that fails is named", async () => {
  const reply = await ask([], { status: 500 }, { status: 502 });
  expect(reply.body).toContain(HOST);
  expect(reply.body).toContain(OTHER);
});
