import { randomUUID } from "node:crypto";
import { connectBare, gapsIn, replayAll, startPlayers, type VectorFile } from "@trunkline/conformance";
import { startSandbox } from "@trunkline/sandbox";
import { type RunningService, type ServiceDefinition, startService } from "@trunkline/service";
import { startTestBrokers } from "@trunkline/testkit";
import { describe, expect, it } from "vitest";
import { bridgesWithoutVectors, bridgesWithVectors } from "../scripts/conformance/bridges.ts";

/** VECTORS_OF=digi-bridge plays the vectors of one bridge alone. */
const { VECTORS_OF: chosen } = process.env;

/** Bridges are played at the same time, each between brokers of its own; the tests only tell what came of it. */
const plays = (await bridgesWithVectors(chosen)).map(({ definition, file }) => {
  const outcomes = playAll(definition, file);
  // Told by the tests.
  outcomes.catch(() => undefined);
  return { definition, file, outcomes };
});

it("no bridge is without vectors", async () => {
  expect(await bridgesWithoutVectors()).toEqual([]);
});

describe.each(plays)("$definition.name", ({ definition, file, outcomes }) => {
  it("is what its vectors are for, and every subject has some", () => {
    expect(file.service).toBe(definition.name);
    const subjects = [...definition.serves, ...definition.consumes].map(({ subject }) => subject);
    expect(gapsIn(file.vectors, subjects)).toEqual([]);
  });

  it.each(file.vectors.map(({ name, subject }) => ({ name, subject })))("$subject: $name", async ({ name }) => {
    expect((await outcomes).get(name)).toEqual([]);
  });
});

/** @returns what differs, by the vector's name */
async function playAll(definition: ServiceDefinition, file: VectorFile): Promise<Map<string, readonly string[]>> {
  await using releases = new AsyncDisposableStack();
  const brokers = releases.use(await startTestBrokers());
  const sandbox = await startSandbox({ fleet: { edges: 1 } });
  releases.defer(() => sandbox.stop());
  const players = await startPlayers(file);
  releases.defer(() => players.stop());
  const nats = await connectBare(brokers.nats.url);
  releases.defer(() => nats.close());

  const given = sandbox.env(definition.name);
  const aliases = { ...JSON.parse(given.HOST_ALIASES ?? "{}"), ...players.hostAliases };
  const env = brokers.environment({
    ...given,
    HOST_ALIASES: JSON.stringify(aliases),
    TLS_CA_FILE: players.caFile,
  });
  let bridge: RunningService | undefined = await startService(definition, { env });
  releases.defer(() => bridge?.stop());
  const restart = async () => {
    await bridge?.stop();
    bridge = undefined;
    bridge = await startService(definition, { env });
  };

  const { stage } = players;
  const found = new Map<string, readonly string[]>();
  for await (const { vector, complaints } of replayAll(file.vectors, { nats, stage, restart, runId: randomUUID() })) {
    found.set(vector.name, complaints);
  }
  return found;
}
