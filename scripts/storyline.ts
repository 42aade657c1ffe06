import { parseArgs } from "node:util";
import { play } from "./demo/play.ts";

/*
 * Plays the demo's storyline in a sandbox that runs already, with services that run already, and ends with 0 when the
 * world is as it must be afterwards. The services' quarantine has to be the one that is given here.
 *
 *     node scripts/storyline.ts --console http://127.0.0.1:8080 --quarantine 15
 */
const { values } = parseArgs({
  options: {
    console: { type: "string", default: "http://127.0.0.1:8080" },
    /** Seconds between a fault and its ticket. */
    quarantine: { type: "string", default: "15" },
    /** Seconds of the longest wait for anything. */
    patience: { type: "string", default: "120" },
  },
});

const found = await play({
  consoleUrl: values.console,
  quarantineMs: Number(values.quarantine) * 1000,
  patienceMs: Number(values.patience) * 1000,
  breathMs: 4_000,
  write: (line) => console.log(line),
});
if (found.length === 0) {
  console.log("The world is as the storyline says it must be.");
} else {
  console.log("The world differs from what the storyline says it must be:");
  for (const difference of found) console.log(`    ${difference}`);
  process.exitCode = 1;
}
