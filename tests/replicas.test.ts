import { expect, it } from "vitest";
import type { EngineService } from "../scripts/demo/engine-service.ts";
import type { Ticket } from "../scripts/demo/sandbox-client.ts";
import { until } from "../scripts/demo/until.ts";
import { startWholeEngine } from "./whole-engine.ts";

const MONITOR = "service-outage-monitor";
const pace = { passSeconds: 1, quarantineSeconds: 2 };
const patienceMs = 120_000;
const OUTAGES = 8;
/** One replica after the other dies so many times; more than a few is for a patient person. */
const kills = Number(process.env.REPLICA_KILLS ?? 4);

it("two replicas do everything once, whichever of them dies at work", { timeout: 600_000 }, async () => {
  await using world = await startWholeEngine({ pace, replicas: { [MONITOR]: 2 }, runIn: "processes" });
  const { client, engine } = world;
  const monitors = [...engine.services].flatMap(([name, service]) => (name.startsWith(MONITOR) ? [service] : []));
  expect(monitors).toHaveLength(2);

  const edges = (await client.edges()).filter(({ haSerial }) => haSerial === null).slice(0, OUTAGES);
  for (const { serial } of edges) await client.failEdge(serial);
  await killInTurns(monitors, kills / 2);
  const documented = (ticket: Ticket) => ticket.severity === 2 && count(ticket, "Triage (VeloCloud)") > 0;
  await until(
    "documented tickets",
    patienceMs,
    async () => (await client.tickets()).filter(documented).length === OUTAGES,
  );
  await client.healEverything();
  await killInTurns(monitors, kills / 2);
  const told = async (word: string) =>
    (await client.messages("slack")).filter(({ text }) => text.includes(word)).length;
  await until("resolved tickets", patienceMs, async () => {
    const tickets = await client.tickets();
    return tickets.every(({ status }) => status === "Resolved") && (await told("auto-resolved")) >= OUTAGES;
  });

  const tickets = await client.tickets();
  expect(tickets).toHaveLength(OUTAGES);
  for (const ticket of tickets) {
    expect.soft(count(ticket, "Triage (VeloCloud)"), `ticket ${ticket.id}`).toBe(1);
    expect.soft(count(ticket, "Auto-resolving detail for serial"), `ticket ${ticket.id}`).toBe(1);
  }
  expect(await told("created")).toBe(OUTAGES);
  expect(await told("auto-resolved")).toBe(OUTAGES);
});

async function killInTurns(replicas: readonly EngineService[], times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    const victim = replicas[turn % replicas.length];
    // At another moment of its work each time.
    await new Promise((resolve) => setTimeout(resolve, 700 + ((turn * 370) % 1_300)));
    await victim?.kill?.();
    await victim?.restart?.();
  }
}

function count({ notes }: Ticket, part: string): number {
  return notes.filter(({ text }) => text?.includes(part)).length;
}
