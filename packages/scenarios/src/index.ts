export { ScenarioFileError } from "./errors.ts";
export { readScenarios, type Scenario, type ScenarioFolders, scenarioFiles } from "./format/scenario.ts";
export type { Outcome } from "./run-scenario.ts";
export { openScenarioRunner, type RunnerOptions, type ScenarioRunner } from "./run-scenarios.ts";
