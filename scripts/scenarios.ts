import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { openScenarioRunner, problemText, readScenarioFiles, type Scenario } from "@trunkline/scenarios";
import { outcomeText, tallyOf } from "./scenarios/report.ts";
import { definitionOf, folders } from "./scenarios/services.ts";
import { emptyTally, type Tally, tallyLine } from "./test/tally.ts";

/*
 * npm run scenarios                      every scenario of the repository
 * npm run scenarios -- a.yaml folder/    those in these files and folders, wherever they lie
 */
const args = process.argv.slice(2);
const paths = args.length === 0 ? [fileURLToPath(new URL("../scenarios", import.meta.url))] : args;

const start = performance.now();
const { scenarios, problems } = readScenarioFiles(paths, folders);
for (const problem of problems) console.error(problemText(problem));
// Nothing is run while a file cannot be understood.
const broken = [...new Set(problems.map(({ file }) => file))];
const tally = broken.length > 0 ? { ...emptyTally, failed: broken } : await play(scenarios);
console.log(tallyLine(tally));
process.exitCode = tally.failed.length === 0 ? 0 : 1;

async function play(all: readonly Scenario[]): Promise<Tally> {
  // One more than there are processors: a scenario waits more than it computes.
  const lanes = Math.min(availableParallelism() + 1, all.length);
  await using runner = await openScenarioRunner({ definitionOf, lanes });
  const played = await Promise.all(
    all.map(async (scenario) => {
      const outcome = await runner.run(scenario);
      console.log(outcomeText(scenario, outcome));
      return { scenario, outcome };
    }),
  );
  console.log(`\n${((performance.now() - start) / 1000).toFixed(1)} s`);
  return tallyOf(played);
}
