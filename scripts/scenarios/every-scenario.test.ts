import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { openScenarioRunner, problemText, readScenarioFiles, type ScenarioRunner } from "@trunkline/scenarios";
import { afterAll, beforeAll, expect, it } from "vitest";
import { definitionOf, folders } from "./services.ts";

// What `npm run scenarios` runs, as tests among the others.

const root = fileURLToPath(new URL("../..", import.meta.url));
const { scenarios, problems } = readScenarioFiles([`${root}scenarios`], folders);

let runner: ScenarioRunner;
beforeAll(async () => {
  runner = await openScenarioRunner({ definitionOf });
});
afterAll(() => runner.stop());

it("every scenario file is understood", () => {
  expect(problems.map(problemText)).toEqual([]);
});

for (const scenario of scenarios) {
  it.concurrent(`${relative(root, scenario.file)}:${scenario.line} ${scenario.name}`, async ({ skip }) => {
    const outcome = await runner.run(scenario);
    if (outcome.state === "skipped") skip(outcome.reason);
    if (outcome.state === "failed") throw new Error(outcome.problems.join("\n"));
  });
}
