import type { RequestContract } from "@trunkline/contracts";
import { randomPayloads } from "@trunkline/testkit";
import { connect, type NatsConnection } from "nats";
import { expect, it } from "vitest";
import { z } from "zod";
import { serviceCatalogue } from "../scripts/demo/service-catalogue.ts";
import { startWholeEngine } from "./whole-engine.ts";

const payloadsPerSubject = 10_000;
const inFlight = 128;
const pace = { passSeconds: 60, quarantineSeconds: 60 };

it("answers 10,000 random payloads to every subject with an integer status, and lives", {
  timeout: 900_000,
}, async () => {
  await using world = await startWholeEngine({ pace });
  const { brokers, engine } = world;
  const bare = await connect({ servers: brokers.nats.url, noAsyncTraces: true });

  const contracts = (await serviceCatalogue()).flatMap(({ definition }) => definition.serves);
  for (const [index, contract] of contracts.entries()) {
    expect(await unanswered(bare, contract, index + 1), contract.subject).toEqual([]);
  }
  for (const { name, healthPort } of engine.services.values()) {
    expect((await fetch(`http://127.0.0.1:${healthPort}/_ready`)).status, name).toBe(200);
  }
  await bare.close();
});

/** Sends the payloads and returns those whose answer was none, or had no integer status. */
async function unanswered(bare: NatsConnection, contract: RequestContract, seed: number): Promise<string[]> {
  const payloads = randomPayloads(seed, keysOf(contract));
  const bad: string[] = [];
  let sent = 0;
  const send = async () => {
    while (sent < payloadsPerSubject) {
      sent += 1;
      const payload = payloads.next();
      const reply = await bare.request(contract.subject, payload, { timeout: 30_000 }).catch(String);
      const status = typeof reply === "string" ? reply : (reply.json() as { status?: unknown } | null)?.status;
      if (!Number.isInteger(status)) bad.push(`${String(status)} for ${Buffer.from(payload).toString().slice(0, 200)}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, send));
  return bad;
}

function keysOf({ body }: RequestContract): string[] {
  const { properties = {} } = z.toJSONSchema(body, { io: "input", unrepresentable: "any" });
  return Object.keys(properties);
}
