import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fixtureTree, repositoryFile, runTool } from "./fixture-tree.ts";

const many = (line: string, count: number) => `${`${line}\n`.repeat(count)}`;

/** One file for each rule that it breaks. */
const violations: readonly (readonly [rule: string, file: string, source: string])[] = [
  ["suspicious/noConsole", "packages/bus/src/talk.ts", 'console.log("here");\n'],
  ["suspicious/noExplicitAny", "packages/bus/src/loose.ts", "export let loose: any;\n"],
  [
    "suspicious/noSkippedTests",
    "packages/bus/src/later.test.ts",
    'import { it } from "vitest";\nit.skip("later", () => {});\n',
  ],
  [
    "suspicious/noFocusedTests",
    "packages/bus/src/only.test.ts",
    'import { it } from "vitest";\nit.only("me", () => {});\n',
  ],
  ["style/noNonNullAssertion", "packages/bus/src/sure.ts", "export const sure = (a?: string) => a!.length;\n"],
  ["style/useImportType", "packages/bus/src/kinds.ts", 'import { Stats } from "node:fs";\nexport type Kind = Stats;\n'],
  ["style/useFilenamingConvention", "packages/bus/src/camelCase.ts", "export const a = 1;\n"],
  ["style/noDefaultExport", "packages/bus/src/default.ts", "export default 1;\n"],
  ["style/noEnum", "packages/bus/src/enumeration.ts", "export enum Colour {\n  Red,\n}\n"],
  ["style/noExcessiveLinesPerFile", "packages/bus/src/long.ts", many("export {};", 601)],
  [
    "complexity/noExcessiveLinesPerFunction",
    "packages/bus/src/tall.ts",
    `export function tall(a: number) {\n${many("  a;", 61)}}\n`,
  ],
  [
    "complexity/useMaxParams",
    "packages/bus/src/wide.ts",
    "export const wide = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d];\n",
  ],
  ["performance/noReExportAll", "packages/bus/src/everything.ts", 'export * from "node:fs";\n'],
  ["nursery/noFloatingPromises", "packages/bus/src/adrift.ts", "export async function work() {}\nwork();\n"],
  [
    "nursery/noMisusedPromises",
    "packages/bus/src/truthy.ts",
    "async function work() {}\nexport const a = work() ? 1 : 2;\n",
  ],
  [
    "nursery/useExhaustiveSwitchCases",
    "packages/bus/src/partial.ts",
    'export function f(a: "x" | "y") {\n  switch (a) {\n    case "x":\n      return 1;\n  }\n}\n',
  ],
];

it.each(violations)("%s is an error", async (rule, file, source) => {
  const folder = await fixtureTree({ "scripts/talk.ts": 'console.log("a script may");\n', [file]: source });
  await copyFile(repositoryFile("biome.json"), join(folder, "biome.json"));

  const { status, stdout } = runTool(folder, ["biome", "lint", "--vcs-enabled=false", "--reporter=json", "."]);

  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; severity: string }[] };
  expect(diagnostics).toContainEqual(expect.objectContaining({ category: `lint/${rule}`, severity: "error" }));
  expect(JSON.stringify(diagnostics)).not.toContain("scripts/talk.ts");
  expect(status).toBe(1);
});
