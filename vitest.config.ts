import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Absolute, since a package's own `test` script starts from its folder. */
const here = import.meta.dirname;
const folders = ["packages", "services"].flatMap((group) => {
  return readdirSync(join(here, group)).map((name) => join(here, group, name));
});

/** Projects of many small test files: a process for each would start for longer than it tests. */
const shareProcess = new Set(["bruin-bridge"]);

const patience = { testTimeout: 20_000, hookTimeout: 60_000 };

/**
 * One vitest project per workspace package, named like it, so that `npm test -- --project bus` runs one of them, and
 * two for the scripts and for tests of the whole system.
 */
export default defineConfig({
  test: {
    // Fixed, so that a machine with more processors finds the same races as one with two.
    maxWorkers: 2,
    projects: [
      ...folders.map((folder) => ({
        test: {
          ...patience,
          name: nameOf(folder),
          root: folder,
          include: ["src/**/*.test.ts"],
          isolate: !shareProcess.has(nameOf(folder)),
        },
      })),
      { test: { ...patience, name: "scripts", root: join(here, "scripts"), include: ["**/*.test.ts"] } },
      {
        test: {
          name: "whole",
          root: join(here, "tests"),
          include: ["**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each of these runs the whole engine and measures time by the wall: last, and one after the other.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

function nameOf(folder: string): string {
  const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name: string };
  return name.replace("@trunkline/", "");
}
