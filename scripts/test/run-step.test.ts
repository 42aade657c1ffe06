import { expect, it, vi } from "vitest";
import { runStep } from "./run-step.ts";

const node = (script: string) => ["node", "-e", script];
const never = new AbortController().signal;

it("passes when every command of the gate does, and says how long it took", async () => {
  const said = listen();

  const tally = await runStep({ name: "format", commands: [node(""), node("console.log('quiet')")] }, never);

  expect(tally).toEqual({ passed: 1, failed: [], skipped: [] });
  expect(said()).toMatch(/format.* \d+\.\d s/);
  expect(said()).not.toContain("quiet");
});

it("fails with what the command said on both streams", async () => {
  const said = listen();
  const noisy = "console.log('line 7'); console.error('is wrong'); process.exitCode = 3";

  const tally = await runStep({ name: "lint", commands: [node(noisy), node("")] }, never);

  expect(tally).toEqual({ passed: 0, failed: ["lint"], skipped: [] });
  expect(said()).toMatch(/line 7\nis wrong\n\n.*ended with 3/s);
});

it("ends the command when it is interrupted", async () => {
  listen();
  const controller = new AbortController();
  const running = runStep({ name: "types", commands: [node("setInterval(() => {}, 1000)")] }, controller.signal);

  controller.abort();

  expect((await running).failed).toEqual(["types"]);
});

function listen(): () => string {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  return () => log.mock.calls.map(([line]) => String(line)).join("\n");
}
