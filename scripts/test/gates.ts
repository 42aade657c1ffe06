import { globSync } from "node:fs";
import { dirname } from "node:path";

/** One check that needs no running system; it passes when all its commands end with 0. */
export interface Gate {
  readonly name: string;
  readonly commands: readonly (readonly string[])[];
}

/** Every static gate, quickest first. */
export function staticGates(): Gate[] {
  return [
    { name: "format", commands: [["biome", "check", "--linter-enabled=false", "."]] },
    { name: "lint", commands: [["biome", "lint", "--error-on-warnings", "--max-diagnostics=50", "."]] },
    { name: "layering", commands: [["depcruise", "--config", "dependency-cruiser.config.mjs", ...layeredFolders]] },
    { name: "unused code", commands: [["knip", "--no-progress", "--no-config-hints"]] },
    { name: "types", commands: typeScriptProjects().map((project) => ["tsc", "-p", project]) },
    { name: "generated files fresh", commands: [["node", "scripts/generate.ts", "--check"]] },
  ];
}

const layeredFolders = ["packages", "services", "scripts", "tests"];

/** The root project, and those of code that runs elsewhere, such as in a browser. */
function typeScriptProjects(): string[] {
  const nested = globSync("packages/*/src/**/tsconfig.json", { exclude: ["**/node_modules"] });
  return [".", ...nested.map((file) => dirname(file))];
}
