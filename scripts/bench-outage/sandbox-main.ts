import { type Sandbox, startSandbox, type World } from "@trunkline/sandbox";
import { Redis } from "ioredis";
import { cachedEdges, isMonitored } from "./cached-edges.ts";
import type { WorldPlan } from "./world-plan.ts";

const DAY_MS = 86_400_000;
const EDGES_PER_CUSTOMER = 250;

/** Runs the sandbox in a process of its own, as it looks on an ordinary day; ends when the parent lets go of it. */
const plan = JSON.parse(process.argv[2] ?? "") as WorldPlan;
let behindMs = DAY_MS;
const sandbox = await startSandbox({
  clock: { now: () => new Date(Date.now() - behindMs) },
  fleet: {
    edges: plan.edges,
    hosts: plan.hosts,
    customers: Math.max(plan.hosts.length, Math.ceil(plan.edges / EDGES_PER_CUSTOMER)),
    linksPerEdge: 2,
  },
});
makeTrouble(sandbox);
behindMs = 0;
await storeCaches(sandbox.world);
process.on("disconnect", () => void sandbox.stop().finally(() => process.exit(0)));
process.send?.(Object.fromEntries(plan.services.map((service) => [service, sandbox.env(service)])));

/**
 * Since yesterday, one edge in a hundred is down or has lost a line, and one in a hundred is up again while people
 * have its ticket: a pass has to read it, and to leave it to them.
 */
function makeTrouble({ world: { network, desk, inventory } }: Sandbox): void {
  const edges = network.fleet.edges.filter(isMonitored);
  for (const [index, edge] of edges.entries()) {
    const [line] = edge.links;
    if (index % 200 === 0) network.failEdge(edge.serial);
    else if (index % 200 === 100 && line !== undefined) network.failLink(edge.serial, line.interface);
    const asset = index % 100 === 50 ? inventory.find(edge.customer.id, edge.serial) : undefined;
    if (asset === undefined) continue;
    const ticket = desk.open({ topic: "VOO", assets: [asset], description: "Service outage trouble" });
    for (const text of ["Called the customer.", "Carrier is on site.", "Waiting for the carrier's report."]) {
      desk.addNote(ticket, { text, serviceNumbers: [edge.serial], type: "ADN", author: "Dana Whitfield" });
    }
  }
}

/** As a refresh would have stored them: building them is another measurement. */
async function storeCaches(world: World): Promise<void> {
  const redis = new Redis(plan.redisUrl);
  const builtAt = new Date();
  const nextRefreshAt = new Date(builtAt.getTime() + DAY_MS);
  for (const host of plan.hosts) {
    const entries = cachedEdges(world, host);
    const facts = { version: "bench", builtAt, nextRefreshAt, entries: entries.length };
    await redis.mset({
      [`${plan.environment}-${host}`]: JSON.stringify(entries),
      [`${plan.environment}-${host}:built`]: JSON.stringify(facts),
    });
  }
  await redis.set(`${plan.environment}-next_refresh_date`, "01/05/2030, 10:00:00");
  await redis.quit();
}
