import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import {
  openScenarioRunner,
  readScenarios,
  type Scenario,
  ScenarioFileError,
  scenarioFiles,
} from "@trunkline/scenarios";
import { outcomeText, tallyOf } from "./scenarios/report.ts";
import { definitionOf, folders } from "./scenarios/services.ts";
import { tallyLine } from "./test/tally.ts";

/*
 * npm run scenarios                      every scenario of the repository
 * npm run scenarios -- a.yaml folder/    those in these files and folders, wherever they lie
 */
const args = process.argv.slice(2);
const paths = args.length === 0 ? [fileURLToPath(new URL("../scenarios", import.meta.url))] : args;

const start = performance.now();
const scenarios = read(paths);
if (scenarios !== undefined) await runAll(scenarios);

/** Nothing is run while a file cannot be understood. */
function read(from: readonly string[]): Scenario[] | undefined {
  const found: Scenario[] = [];
  let broken = 0;
  try {
    for (const file of scenarioFiles(from)) {
      try {
        found.push(...readScenarios(file, folders));
      } catch (error) {
        if (!(error instanceof ScenarioFileError)) throw error;
        broken += 1;
        console.error(error.message);
      }
    }
  } catch (error) {
    if (!(error instanceof ScenarioFileError)) throw error;
    broken += 1;
    console.error(error.message);
  }
  if (broken === 0) return found;
  console.log(`0 passed, ${broken} failed, 0 skipped`);
  process.exitCode = 1;
  return undefined;
}

async function runAll(all: readonly Scenario[]): Promise<void> {
  const runner = await openScenarioRunner({ definitionOf, lanes: Math.min(cpus().length + 1, all.length) });
  try {
    const outcomes = await Promise.all(
      all.map(async (scenario) => {
        const outcome = await runner.run(scenario);
        console.log(outcomeText(scenario, outcome));
        return { scenario, outcome };
      }),
    );
    const tally = tallyOf(outcomes);
    console.log(`\n${((performance.now() - start) / 1000).toFixed(1)} s`);
    console.log(tallyLine(tally));
    process.exitCode = tally.failed.length === 0 ? 0 : 1;
  } finally {
    await runner.stop();
  }
}
