import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { openScenarioRunner, readScenarios, type ScenarioRunner, scenarioFiles } from "@trunkline/scenarios";
import { afterAll, beforeAll, it } from "vitest";
import { definitionOf, folders } from "./services.ts";

// What `npm run scenarios` runs, as tests among the others.

const root = fileURLToPath(new URL("../..", import.meta.url));
const scenarios = scenarioFiles([`${root}scenarios`])
  .flatMap((file) => readScenarios(file, folders))
  .map((scenario) => ({ title: `${relative(root, scenario.file)}:${scenario.line} ${scenario.name}`, scenario }));

let runner: ScenarioRunner;
beforeAll(async () => {
  runner = await openScenarioRunner({ definitionOf });
});
afterAll(() => runner.stop());

it.concurrent.for(scenarios)("$title", async ({ scenario }, { skip }) => {
  const outcome = await runner.run(scenario);
  if (outcome.state === "skipped") skip(outcome.reason);
  if (outcome.state === "failed") throw new Error(outcome.problems.join("\n"));
});
