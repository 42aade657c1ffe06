export { type FileProblem, problemText } from "./errors.ts";
export type { Scenario } from "./format/scenario.ts";
export { type ReadFiles, readScenarioFiles } from "./format/scenario-files.ts";
export type { ScenarioFolders } from "./format/shared-files.ts";
export type { Outcome } from "./run-scenario.ts";
export { openScenarioRunner, type RunnerOptions, type ScenarioRunner } from "./run-scenarios.ts";
