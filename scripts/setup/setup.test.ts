import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { CommandFailedError } from "./errors.mjs";
import { runShown, step } from "./progress.mjs";
import { isNetworkFailure } from "./toolchain.mjs";

const node = (script: string) => [process.execPath, "-e", script];

it("a task that does not exist is named, with those that do", () => {
  const setup = fileURLToPath(new URL("../setup.mjs", import.meta.url));

  const { status, stderr } = spawnSync(process.execPath, [setup, "dance"], { encoding: "utf8" });

  expect(status).toBe(1);
  expect(stderr).toMatch(/^\nsetup: there is no task "dance"; there are demo, test, .*\n$/);
});

describe("a step", () => {
  it("says what is done and how long that took", async () => {
    const said = listen();

    expect(await step("installing", async () => 7)).toBe(7);

    expect(said()).toMatch(/^setup: installing …\nsetup: {3}done in \d+\.\d s$/);
  });
});

describe("a command", () => {
  it("gives what it said on both streams", async () => {
    expect(await runShown(node("console.log('out'); console.error('err')"))).toSatisfy(
      (output: string) => output.includes("out\n") && output.includes("err\n"),
    );
  });

  it("shows its last line while it goes on", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const said = listen();
    const running = runShown(node("console.log('reading'); console.log('unpacking'); setTimeout(() => {}, 1_000)"));
    await vi.waitFor(
      () => {
        vi.advanceTimersByTime(5_000);
        expect(said()).toMatch(/^setup: {3}\d+\.\d s {2}unpacking$/m);
      },
      { timeout: 5_000 },
    );
    vi.useRealTimers();
    await running;
  });

  it("fails with the end of what it said", async () => {
    const noisy = "for (let i = 1; i <= 40; i++) console.log('line ' + i); process.exitCode = 5";

    const failure = await runShown(node(noisy)).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(CommandFailedError);
    expect(String(failure)).toMatch(/ended with exit code 5:\n\n {4}line 11\n.* {4}line 40\n$/s);
  });

  it("fails when it cannot be started", async () => {
    await expect(runShown(["no-such-program", "--now"])).rejects.toThrow(
      /`no-such-program --now` could not be started/,
    );
  });
});

it.each([
  ["npm error code ENOTFOUND", true],
  ["getaddrinfo EAI_AGAIN", true],
  ["connect ECONNREFUSED 127.0.0.1:9", true],
  ["npm error code E404", false],
  ["ERR_PNPM_OUTDATED_LOCKFILE", false],
])("%s as a sign of a missing network: %s", (output, isIt) => {
  expect(isNetworkFailure(output)).toBe(isIt);
});

function listen(): () => string {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  return () => log.mock.calls.map(([line]) => String(line)).join("\n");
}
