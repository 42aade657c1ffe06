import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { isTaken } from "./testing/raw-client.ts";

/** How the parent of two brokers may go. */
const ends = [
  ["is killed (-9)", "SIGKILL", "setInterval(() => {}, 1000)"],
  ["is interrupted", "SIGINT", "setInterval(() => {}, 1000)"],
  ["throws what nobody catches", undefined, "throw new Error('uncaught')"],
  ["exits", undefined, "process.exit(0)"],
  ["has nothing left to do", undefined, ""],
] as const;

it.each(ends)("brokers and their data go when their parent %s", async (_how, signal, lastWords) => {
  const scratch = await mkdtemp(join(tmpdir(), "trunkline-bound-child-"));
  onTestFinished(() => rm(scratch, { recursive: true }));
  const { child, ports } = await startParent(scratch, lastWords);
  expect(ports).toEqual([expect.any(Number), expect.any(Number)]);

  if (signal !== undefined) child.kill(signal);

  await vi.waitFor(async () => expect(await Promise.all(ports.map(isTaken))).toEqual([false, false]), {
    timeout: 5_000,
    interval: 20,
  });
  await vi.waitFor(() => expect(readdirSync(scratch)).toEqual([]), { timeout: 5_000, interval: 20 });
});

/** A process that starts brokers, says their ports and then does what its last words say. */
async function startParent(scratch: string, lastWords: string) {
  const script = `
    import { startBrokers } from ${JSON.stringify(new URL("./index.ts", import.meta.url).href)};
    const { nats, redis } = await startBrokers();
    process.stdout.write(JSON.stringify([nats.port, redis.port]));
    ${lastWords}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...process.env, TMPDIR: scratch },
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return { child, ports: JSON.parse(said.toString("utf8")) as number[] };
}
