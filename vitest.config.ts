import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defineConfig } from "vitest/config";

/** Absolute, since a package's own `test` script starts from its folder. */
const here = import.meta.dirname;
// A branch that is left may leave a folder behind that holds nothing but what was installed.
const folders = globSync("{packages,services}/*/package.json", { cwd: here }).map((file) => join(here, dirname(file)));

/**
 * Files share two processes: one for each would load libraries for longer than it tests. The limits only end what hangs:
 * what takes a moment on a quiet machine takes many on a busy one.
 */
const common = {
  isolate: false,
  setupFiles: join(here, "scripts/test/patience.ts"),
  expect: { poll: { timeout: 15_000, interval: 20 } },
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

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
          ...common,
          name: nameOf(folder),
          root: folder,
          include: ["src/**/*.test.ts"],
        },
      })),
      { test: { ...common, name: "scripts", root: join(here, "scripts"), include: ["**/*.test.ts"] } },
      {
        test: {
          ...common,
          name: "whole",
          root: join(here, "tests"),
          include: ["**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // Last: one copies the repository, which other tests write to.
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
