import type { RequestContract } from "@trunkline/contracts";
import * as contracts from "@trunkline/contracts";
import { RequestStrategy, type Service } from "nats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ok, refuse } from "./handler-reply.ts";
import { appendNote, readTicket } from "./testing/contracts.ts";
import { type Fixture, type OpenBus, startFixture } from "./testing/fixture.ts";

let fixture: Fixture;
let bridge: OpenBus;
let reference: Service;
beforeAll(async () => {
  fixture = await startFixture();
  bridge = await fixture.open("desk-bridge", { version: "1.2.3", description: "The desk" });
  await bridge.bus.serve(readTicket, async ({ ticket_id: id }) => {
    if (id === 500) throw new Error("secret");
    return id === 503 ? refuse(503, "down") : id === 404 ? refuse(404, "none") : ok({ ticket_id: id });
  });
  await bridge.bus.serve(appendNote, async () => ok(null));
  // The client's own service says which fields there are, and of which types.
  reference = await fixture.bare.services.add({ name: "reference", version: "1.2.3", description: "The client's own" });
  reference.addEndpoint("echo", {
    subject: "reference.echo",
    handler: (_error, message) => void message.respond(message.data),
  });
  await fixture.bare.request("reference.echo", "hello");
});
afterAll(() => fixture.stop());

async function collect<Answer>(gathering: Promise<AsyncIterable<Answer>>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for await (const answer of await gathering) answers.push(answer);
  return answers;
}

/** Waits for the first answer as long as it takes, and a moment for more. */
const patient = { strategy: RequestStrategy.JitterTimer, maxWait: 10_000, jitter: 400 };
const client = () => fixture.bare.services.client(patient);

/** Names and types of fields, all the way down; what is filled by a service's own choice counts as its type. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => name !== "metadata" && name !== "last_error" && field !== undefined)
      .map(([name, field]) => [name, shapeOf(field)]),
  );
}

test.each(["ping", "info", "stats"] as const)("%s has the fields that the client's own services have", async (verb) => {
  const answers = await collect(client()[verb]());
  expect(answers.map(({ name }) => name).toSorted()).toEqual(["desk-bridge", "reference"]);
  const ours = answers.find(({ name }) => name === "desk-bridge");
  const theirs = answers.find(({ name }) => name === "reference");
  expect(shapeOf(ours)).toEqual(shapeOf(theirs));
  expect(ours?.type).toBe(theirs?.type);
});

test("too many schemas for one message are left out", async () => {
  const wide = await startFixture({ maxPayload: 8192 });
  try {
    const { bus } = await wide.open("wide");
    for (let index = 0; index < 20; index += 1) {
      await bus.serve({ ...readTicket, subject: `desk.wide.${index}` }, async (body) => ok(body));
    }
    const [info] = await collect(wide.bare.services.client(patient).info("wide"));
    expect(info?.endpoints).toHaveLength(20);
    expect(info?.endpoints[0]?.metadata).toEqual({});
  } finally {
    await wide.stop();
  }
});

test("every contract there is can be described", async () => {
  const all = Object.values<unknown>(contracts).filter(
    (value): value is RequestContract =>
      typeof value === "object" && value !== null && "kind" in value && value.kind === "request",
  );
  const { bus } = await fixture.open("everything");
  for (const contract of all) await bus.serve(contract, async () => ok(null));
  const [info] = await collect(client().info("everything"));
  expect(info?.endpoints).toHaveLength(all.length);
  for (const { metadata } of info?.endpoints ?? []) {
    expect(Object.keys(JSON.parse(metadata?.request_schema ?? "null"))).toContain("$schema");
  }
});
