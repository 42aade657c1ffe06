import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type FileProblem, ScenarioFileError } from "../errors.ts";
import { readScenarios, type Scenario } from "./scenario.ts";
import { type ScenarioFolders, sharedFiles } from "./shared-files.ts";

export interface ReadFiles {
  readonly scenarios: readonly Scenario[];
  /** Of all files, so that they can be mended together. */
  readonly problems: readonly FileProblem[];
}

/** Reads every scenario in the files and folders. */
export function readScenarioFiles(paths: readonly string[], folders: ScenarioFolders): ReadFiles {
  const shared = sharedFiles(folders);
  const scenarios: Scenario[] = [];
  const problems: FileProblem[] = [];
  const collect = (read: () => void) => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof ScenarioFileError)) throw error;
      problems.push(...error.problems);
    }
  };
  for (const path of paths) {
    collect(() => {
      for (const file of filesOf(path)) collect(() => scenarios.push(...readScenarios(file, shared)));
    });
  }
  return { scenarios, problems };
}

/** In order of their names; bases are no scenarios. @throws ScenarioFileError */
function filesOf(path: string): string[] {
  if (!existsSync(path)) throw new ScenarioFileError([{ file: path, line: undefined, message: "does not exist" }]);
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => /\.ya?ml$/.test(name) && !name.split("/").includes("bases"))
    .sort()
    .map((name) => join(path, name));
}
