import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, styleText } from "node:util";
import { startBrokers } from "@trunkline/brokers";
import { startSandbox } from "@trunkline/sandbox";
import { startEngine } from "./demo/engine.ts";
import { play } from "./demo/play.ts";

/** Fast enough to watch, slow enough to follow: about a minute in all. */
const pace = { passSeconds: 5, quarantineSeconds: 15 };
const breathMs = 4_000;
const patienceMs = 60_000;
/** Kept when the play goes wrong. */
const logFile = join(tmpdir(), `trunkline-demo-${process.pid}.log`);

const { values } = parseArgs({ options: { once: { type: "boolean", default: false }, port: { type: "string" } } });
const stays = process.stdout.isTTY === true && !values.once;
// An interrupted play still waits for what it was waiting for; nobody waits for it any more.
process.exit(await demo());

async function demo(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "trunkline-demo-"));
  await using releases = new AsyncDisposableStack();
  let keepsLog = false;
  // First in, last out: services log until they have stopped.
  releases.defer(async () => {
    if (!keepsLog) await rm(logFile, { force: true });
  });
  releases.defer(() => rm(folder, { recursive: true, force: true }));
  const interrupted = new Promise<"interrupted">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve("interrupted"));
  });

  const played = await Promise.race([interrupted, startAndPlay(folder, releases)]);
  keepsLog = played === 1;
  if (played === "interrupted") {
    say("stopping");
    return 130;
  }
  if (stays) {
    say("The fleet is yours: fail and heal what you like in the console. Ctrl-C stops everything.");
    await interrupted;
    say("stopping");
  }
  return played;
}

/** Starts everything, plays the storyline, and says whether the world ended as it must. */
async function startAndPlay(folder: string, releases: AsyncDisposableStack): Promise<number> {
  const brokers = await step("NATS and Redis on free ports", () => startBrokers({ dataFolder: folder }));
  releases.defer(() => brokers.stop());
  const sandbox = await step("the sandbox: three customers, two VeloCloud hosts, Bruin, Slack, e-mail, SMS", () =>
    startSandbox({ natsUrl: brokers.nats.url, port: values.port === undefined ? 0 : Number(values.port) }),
  );
  releases.defer(() => sandbox.stop());
  const engine = await step("the services", () => startEngine({ brokers, sandbox, pace, logFile }));
  releases.defer(() => engine.stop());
  say(`running: ${[...engine.services.keys()].join(", ")}`);
  say(`NATS and Redis: ${brokers.nats.url}, ${brokers.redis.url}`);
  say(`web console: ${styleText("underline", sandbox.console.url)}\n`);

  return report(
    await play({
      consoleUrl: sandbox.console.url,
      quarantineMs: pace.quarantineSeconds * 1000,
      patienceMs,
      breathMs,
      write: (line) => console.log(line),
    }),
  );
}

function report(found: readonly string[]): number {
  console.log();
  if (found.length === 0) {
    say(styleText("green", "The world is as the storyline says it must be."));
    return 0;
  }
  say(styleText("red", "The world differs from what the storyline says it must be:"));
  for (const difference of found) console.log(`    ${difference}`);
  say(`What the services logged is in ${logFile}`);
  return 1;
}

async function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  process.stdout.write(`  starting ${what} …`);
  const result = await work();
  console.log(` ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

function say(sentence: string): void {
  console.log(`  ${sentence}`);
}
