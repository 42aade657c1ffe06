import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const program = fileURLToPath(new URL("run-service.ts", import.meta.url));

function run(...names: readonly string[]) {
  return spawnSync(process.execPath, [program, ...names], { encoding: "utf8", env: {} });
}

it.each([
  ["no name", [], "no service was named"],
  ["a name that is none", ["bruin-brigde"], 'there is no service called "bruin-brigde"'],
  ["a path", ["../packages/sandbox"], "there is no service called"],
])("names the services when it gets %s", (_what, names, complaint) => {
  const { status, stderr } = run(...names);
  expect(status).toBe(2);
  expect(stderr).toContain(complaint);
  expect(stderr).toContain("alerts, bruin-bridge, ");
});

it("runs the service that it is told to", () => {
  const { status, stdout } = run("digi-bridge");
  expect(status).toBe(1);
  expect(stdout).toContain("DIGI_BASE_URL is missing");
});
