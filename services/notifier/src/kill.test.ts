import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { slackNotification } from "@trunkline/contracts";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { type NotifierBench, notifierBench } from "./testing/running-notifier.ts";

let bench: NotifierBench;

beforeAll(async () => {
  bench = await notifierBench();
});
afterAll(() => bench.stop());

// The server waits for a sign of life from the killed one before it gives the message to another.
test("a message whose delivery was cut off by a kill is delivered by the next notifier", async () => {
  const { bus, env, sandbox } = bench;
  sandbox.faults.add({ system: "slack", kind: "stall", times: 1 });
  const victim = await startProcess(env);
  await bus.publish(slackNotification, { message: "cut off" });
  await bus.publish(slackNotification, { message: "behind it" });
  await vi.waitFor(() => expect(sandbox.faults.list()).toEqual([]), { timeout: 10_000 });
  victim.kill("SIGKILL");
  const successor = await bench.start();
  const texts = () => sandbox.world.messages.list("slack").map(({ text }) => text);
  await vi.waitFor(() => expect(texts()).toEqual(["cut off", "behind it"]), { timeout: 50_000, interval: 200 });
  await successor.stop();
}, 90_000);

/** The notifier as a process of its own, ready to work; it ends with the test. */
async function startProcess(env: Record<string, string>): Promise<ChildProcess> {
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const child = spawn(process.execPath, [main], {
    env: { ...env, LOG_LEVEL: "info" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk) => String(chunk).includes('"msg":"ready"') && resolve());
  });
  return child;
}
