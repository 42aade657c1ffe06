import { arch, cpus, platform } from "node:os";
import { parseArgs } from "node:util";
import type { Reading } from "@trunkline/bench";
import { getCustomerCache, getLinksWithEdgeInfo, requestNetworkEnterpriseEdges } from "@trunkline/contracts";
import { writeSection } from "./bench/benchmarks-page.ts";
import { figuresOf, goalsOf, type SizeCosts, tablesOf } from "./bench-outage/report.ts";
import { startWorld } from "./bench-outage/world.ts";

const WEEK_MS = 7 * 86_400_000;

const { values } = parseArgs({
  options: {
    edges: { type: "string", default: "1000,10000,50000" },
    rounds: { type: "string", default: "5" },
    // A bridge takes at most 64 MiB of a third party, some 38,000 edges with two links each.
    "edges-per-host": { type: "string", default: "10000" },
    write: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const rounds = Number(values.rounds);
const edgesPerHost = Number(values["edges-per-host"]);

const figures = [];
for (const edges of values.edges.split(",").map(Number)) figures.push(figuresOf(await measure(edges)));
const tables = tablesOf(figures);
console.log(`\n${tables}\n`);
if (values.write) await writeSection("A pass of the outage monitor", `${explanation()}\n\n${tables}`);
console.log(JSON.stringify({ sizes: figures, goals: goalsOf(figures) }));

/** Pass and bound in turn, so that a slow moment of the machine hits both alike. */
async function measure(edges: number): Promise<SizeCosts> {
  const hosts = Array.from({ length: Math.ceil(edges / edgesPerHost) }, (_, index) => `vco${index + 1}.example.net`);
  console.log(`  ${edges} edges on ${hosts.length} Orchestrators: starting everything`);
  await using world = await startWorld({ edges, hosts });
  const readings = hosts.flatMap(readingsOf);
  const first = await world.pass();
  await world.bound.read(readings);
  const passes = [];
  const bounds = [];
  for (let round = 1; round <= rounds; round += 1) {
    console.log(`  ${edges} edges, round ${round} of ${rounds}`);
    passes.push(await world.pass());
    bounds.push(await world.bound.read(readings));
  }
  return { edges, hosts: hosts.length, first, passes, bounds };
}

/** What a pass reads of a host. */
function readingsOf(host: string): Reading[] {
  const heardOfAfter = new Date(Date.now() - WEEK_MS).toISOString();
  const cache = { filter: { [host]: [] }, last_contact_filter: heardOfAfter };
  return [
    { ...getCustomerCache, body: cache },
    { ...getLinksWithEdgeInfo, body: { host } },
    { ...requestNetworkEnterpriseEdges, body: { host, enterprise_ids: [] } },
  ].map(({ subject, timeoutMs, body }) => ({ subject, timeoutMs, body }));
}

function explanation(): string {
  return `Written by \`npm run bench:outage\` on ${platform()}/${arch()} with ${cpus().length} processors and Node ${process.versions.node}: the real monitor against the sandbox, over real NATS and Redis, with the real bridges and the customer cache, each in a process of its own.
Every edge has two links, one in a hundred is down or has lost a link, one in a hundred is healthy with an open ticket that is left to people. Orchestrators have ${edgesPerHost.toLocaleString("en-US")} edges each; all are passed over at once. After a first pass, which counts for stall and memory only, passes and readings of the bound take turns (${rounds} rounds): times are medians, ratios medians of the ratios round by round.

The lower bound reads the same three replies of every host (customer cache, links, pairs) with the bare NATS client: one request, one GET where the reply waits in Redis, one parse, nothing else. What bridges need is part of both. "Own" is the longest turn of the event loop in the thread's own processor time, without what other programs of a busy machine made it wait; the processor time is that of the monitor's process against that of the bound's.`;
}
