import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

const folders = ["packages", "services"].flatMap((group) => readdirSync(group).map((name) => `${group}/${name}`));

/** One vitest project per workspace package, named like it, so that `vitest --project bus` runs one of them. */
export default defineConfig({
  test: {
    projects: [
      ...folders.map((folder) => ({
        test: {
          name: nameOf(folder),
          root: folder,
          include: ["src/**/*.test.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      })),
      { test: { name: "scripts", root: "scripts", include: ["**/*.test.ts"], testTimeout: 30_000 } },
      { test: { name: "whole", root: "tests", include: ["**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
});

function nameOf(folder: string): string {
  const { name } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as { name: string };
  return name.replace("@trunkline/", "");
}
