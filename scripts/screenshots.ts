import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startBrokers } from "@trunkline/brokers";
import { startSandbox } from "@trunkline/sandbox";
import { startEngine } from "./demo/engine.ts";
import { sandboxClient } from "./demo/sandbox-client.ts";
import { takePictures } from "./screenshots/pictures.ts";
import { setScene } from "./screenshots/scene.ts";

const { values } = parseArgs({
  options: {
    /** A running console; without it everything that is needed is started. */
    url: { type: "string" },
    browser: { type: "string", default: "/usr/bin/chromium" },
    folder: { type: "string", default: "docs/images" },
    /** Pictures of the fleet as it is, without breaking anything first. */
    "as-it-is": { type: "boolean", default: false },
  },
});

await using releases = new AsyncDisposableStack();
const url = values.url ?? (await startAll());
const client = sandboxClient(url);
if (!values["as-it-is"]) {
  console.log("  breaking a few things and waiting for what the engine makes of it");
  await setScene(client);
}
await mkdir(values.folder, { recursive: true });
for (const picture of await takePictures({ url, folder: values.folder, browser: values.browser }))
  console.log(`  ${picture}`);
if (!values["as-it-is"]) await client.healEverything();

async function startAll(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "trunkline-screenshots-"));
  releases.defer(() => rm(folder, { recursive: true, force: true }));
  const brokers = await startBrokers({ dataFolder: folder });
  releases.defer(() => brokers.stop());
  const sandbox = await startSandbox({ natsUrl: brokers.nats.url });
  releases.defer(() => sandbox.stop());
  const engine = await startEngine({
    brokers,
    sandbox,
    pace: { passSeconds: 5, quarantineSeconds: 5 },
    logFile: join(folder, "engine.log"),
  });
  releases.defer(() => engine.stop());
  return sandbox.console.url;
}
