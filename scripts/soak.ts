import { parseArgs } from "node:util";
import { pino } from "pino";
import { playDay } from "./soak/day.ts";
import { killReplicas } from "./soak/replicas.ts";
import { summaryOf } from "./soak/summary.ts";

/*
 * npm run soak                                     a day of 1,000 edges
 * npm run soak -- --seed 7 --hours 6 --edges 300   another one, shorter and smaller
 * npm run soak -- --cluster                        on three NATS servers that die now and then
 * npm run soak -- --log soak.log                   with what the services say
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    hours: { type: "string", default: "24" },
    edges: { type: "string", default: "1000" },
    log: { type: "string" },
    cluster: { type: "boolean", default: false },
    replicas: { type: "boolean", default: false },
  },
});
const numberOf = (name: "seed" | "hours" | "edges") => {
  const value = Number(values[name]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} is a whole number from 1 on`);
  return value;
};
const logger = values.log === undefined ? pino({ level: "silent" }) : pino(pino.destination({ dest: values.log }));
if (values.replicas) await replicas();
else await day();

/** The replica that is at work dies, and nothing is doubled or lost. */
async function replicas(): Promise<void> {
  console.log("two replicas of the outage monitor, 20 kills …");
  const result = await killReplicas(20, { logger, ...(values.log !== undefined && { logFile: values.log }) });
  const { doubles, missing, kills, outages, seconds } = result;
  for (const line of doubles) console.log(`doubled: ${line}`);
  for (const line of missing) console.log(`missing: ${line}`);
  console.table(kills);
  const total = Object.values(kills).reduce((sum, count) => sum + count, 0);
  console.log(JSON.stringify({ outages, kills: total, doubles: doubles.length, missing: missing.length, seconds }));
  process.exitCode = doubles.length + missing.length === 0 ? 0 : 1;
}

async function day(): Promise<void> {
  const [seed, hours, edges] = [numberOf("seed"), numberOf("hours"), numberOf("edges")];
  console.log(`a day of ${edges} edges and ${hours} hours, seed ${seed} …`);
  const began = performance.now();
  const { cluster } = values;
  const onHour = (hour: number) => console.log(`  hour ${hour}`);
  const result = await playDay({ seed, hours, edges, cluster, logger, onHour });
  for (const explanation of result.explanations) console.log(`\n${explanation}`);
  for (const loss of result.losses) console.log(loss);
  const seconds = Math.round((performance.now() - began) / 1_000);
  console.log(JSON.stringify(summaryOf(result, { seed, hours, edges, seconds })));
  process.exitCode = result.differences.length + result.losses.length === 0 ? 0 : 1;
}
