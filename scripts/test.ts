import { styleText } from "node:util";
import { staticGates } from "./test/gates.ts";
import { interruptible } from "./test/interruptible.ts";
import { runStep } from "./test/run-step.ts";
import { add, emptyTally, type Tally, tallyLine } from "./test/tally.ts";
import { runVitest } from "./test/vitest-run.ts";

/*
 * npm test                     every gate and every test
 * npm test -- --project bus    what follows goes to vitest, and the gates are left out
 * npm run check                the gates alone (--static)
 */
const args = process.argv.slice(2);
const staticOnly = args.includes("--static");
const runsGates = staticOnly || args.length === 0;

const tally = await interruptible(async (signal) => {
  let sum: Tally = emptyTally;
  for (const gate of runsGates ? staticGates() : []) {
    if (!signal.aborted) sum = add(sum, await runStep(gate, signal));
  }
  if (staticOnly || signal.aborted) return sum;
  return add(sum, await runVitest(args, signal));
});

for (const { name, reason } of tally.skipped) console.log(`skipped: ${name}: ${reason}`);
for (const name of tally.failed) console.log(styleText("red", `failed: ${name}`));
console.log(tallyLine(tally));
process.exitCode = tally.failed.length === 0 ? 0 : 1;
