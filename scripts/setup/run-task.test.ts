import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it, onTestFinished, vi } from "vitest";

/** A task that tells of each signal and takes a moment to stop, as the demo does. */
const politeTask = `
  let interrupts = 0;
  process.on("SIGINT", () => { interrupts++; setTimeout(() => { console.log("interrupts: " + interrupts); process.exit(7); }, 200); });
  process.on("SIGTERM", () => { console.log("asked to end"); process.exit(8); });
  setInterval(() => {}, 1000);
  console.log("running " + process.pid);`;

it("gives the task's exit code", async () => {
  const { child } = start("process.exit(3)");

  expect(await once(child, "exit")).toEqual([3, null]);
});

it("gives 128 plus the number of the signal that ended the task", async () => {
  const { child } = start("process.kill(process.pid, 'SIGKILL')");

  expect(await once(child, "exit")).toEqual([137, null]);
});

it("passes one Ctrl-C on once, even if npm repeats it, and waits for the task", async () => {
  const { child, output } = start(politeTask);
  await vi.waitFor(() => expect(output()).toContain("running"), { timeout: 5_000 });

  child.kill("SIGINT");
  child.kill("SIGINT");

  expect(await once(child, "exit")).toEqual([7, null]);
  expect(output()).toContain("interrupts: 1");
});

it("asks the task to end when it is killed (-9) itself", async () => {
  const { child, output } = start(politeTask);
  await vi.waitFor(() => expect(output()).toContain("running"), { timeout: 5_000 });

  child.kill("SIGKILL");

  await vi.waitFor(() => expect(output()).toContain("asked to end"), { timeout: 5_000 });
});

/** A process that does nothing but run the task. */
function start(task: string): { child: ChildProcess; output: () => string } {
  const script = `
    import { runTask } from ${JSON.stringify(new URL("./run-task.mjs", import.meta.url).href)};
    const toolchain = { node: "", pnpm: "", environment: process.env };
    process.exitCode = await runTask([process.execPath, "-e", ${JSON.stringify(task)}], { root: ".", toolchain, taskArguments: [] });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let heard = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    heard += chunk.toString("utf8");
  });
  return { child, output: () => heard };
}
