import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { copyFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import {
  connectBare,
  InvalidVectors,
  NotServed,
  type Outcome,
  readVectors,
  replayAll,
  startPlayers,
  untilServed,
} from "@trunkline/conformance";
import { vectorsOf } from "./conformance/bridges.ts";
import { readPorts, UsageError } from "./conformance/ports.ts";

/*
 * npm run conformance -- --service digi-bridge --nats nats://127.0.0.1:4222
 *
 * Plays the third party of a bridge that runs elsewhere, sends it the requests of its vectors, and compares.
 *
 *   --vectors FILE     instead of services/<service>/vectors.json
 *   --port http=8443   port of a protocol's player; several may be given; any free one without
 *   --ca-file FILE     where to put the certificate of the authority that the bridge has to trust
 *   --restart COMMAND  starts the bridge anew; without it, vectors that need a bridge just started are skipped
 *   --wait SECONDS     how long to wait until the bridge serves (60)
 */
const usage = "npm run conformance -- --service <bridge> --nats nats://host:port";

process.exitCode = await run().catch((error: unknown) => {
  if (![UsageError, InvalidVectors, NotServed].some((kind) => error instanceof kind)) throw error;
  console.error((error as Error).message);
  return 2;
});

async function run(): Promise<number> {
  const options = readOptions();
  const file = await readVectors(options.vectors);
  await using releases = new AsyncDisposableStack();
  const players = await startPlayers(file, { ports: options.ports });
  releases.defer(() => players.stop());
  const nats = await connectBare(options.nats);
  releases.defer(() => nats.close());

  if (options.caFile !== undefined) await copyFile(players.caFile, options.caFile);
  console.log(`The bridge has to trust ${options.caFile ?? players.caFile}`);
  for (const [host, address] of Object.entries(players.hostAliases)) console.log(`  and to find ${host} at ${address}`);
  const subjects = [...new Set(file.vectors.map(({ subject }) => subject))];
  const ready = () => untilServed(nats, subjects, options.waitMs);
  await ready();

  const { restart: command } = options;
  const restart = command === undefined ? undefined : () => runCommand(command).then(ready);
  const counts = { conforms: 0, differs: 0, skipped: 0 };
  for await (const outcome of replayAll(file.vectors, { nats, stage: players.stage, runId: randomUUID(), restart })) {
    counts[outcome.verdict] += 1;
    tell(outcome);
  }
  console.log(`${counts.conforms} conform, ${counts.differs} differ, ${counts.skipped} skipped`);
  return counts.differs === 0 ? 0 : 1;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      service: { type: "string" },
      nats: { type: "string" },
      vectors: { type: "string" },
      port: { type: "string", multiple: true, default: [] },
      "ca-file": { type: "string" },
      restart: { type: "string" },
      wait: { type: "string", default: "60" },
    },
  });
  const { service, nats, restart } = values;
  const vectors = values.vectors ?? (service === undefined ? undefined : vectorsOf(service));
  if (vectors === undefined || nats === undefined) throw new UsageError(usage);
  return {
    vectors,
    nats,
    restart,
    caFile: values["ca-file"],
    ports: readPorts(values.port),
    waitMs: Number(values.wait) * 1_000,
  };
}

async function runCommand(command: string): Promise<void> {
  // What the command starts may go on writing; waiting for its output to end would be waiting for its end.
  const child = spawn(command, { shell: true, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new UsageError(`the restart command ended with ${code}`);
}

function tell({ vector, verdict, complaints }: Outcome): void {
  const mark = { conforms: "✓", differs: "✗", skipped: "-" }[verdict];
  console.log(`${mark} ${vector.subject}: ${vector.name}`);
  for (const complaint of complaints) console.log(`    ${complaint}`);
}
