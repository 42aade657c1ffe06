import { expect, it } from "vitest";
import type { Ticket } from "../scripts/demo/sandbox-client.ts";
import { until } from "../scripts/demo/until.ts";
import { startWholeEngine, type WholeEngine } from "./whole-engine.ts";

const pace = { passSeconds: 1, quarantineSeconds: 2 };
const patienceMs = 60_000;

interface Desk extends WholeEngine {
  ticketFor(serial: string): Promise<Ticket | undefined>;
}

/** Every service in this process, before the sandbox. */
async function openDesk(environment: Record<string, string> = {}): Promise<Desk> {
  const { client, ...world } = await startWholeEngine({ pace, environment });
  return {
    ...world,
    client,
    ticketFor: async (serial) =>
      (await client.tickets()).find(({ details }) => details.some(({ serviceNumber }) => serviceNumber === serial)),
  };
}

function countNotes(ticket: Ticket | undefined, title: string): number | undefined {
  return ticket?.notes.filter(({ text }) => text?.includes(title)).length;
}

it("opens, explains, ranks and resolves the ticket of a link that dies and heals, twice", async () => {
  await using desk = await openDesk();
  const { client } = desk;
  const edge = (await client.edges()).find(({ haSerial, links }) => haSerial === null && links.length >= 2);
  const name = edge?.links[0]?.interface;
  if (edge === undefined || name === undefined) throw new Error("the fleet has no edge with two links");
  const { serial } = edge;
  const told = async (word: string) =>
    (await client.messages("slack")).filter(({ text }) => text.includes(serial) && text.includes(word)).length;

  for (const [cycle, title] of [
    [1, "Triage (VeloCloud)"],
    [2, "Re-opening ticket."],
  ] as const) {
    await client.failLink(serial, name);
    await until(`note "${title}"`, patienceMs, async () => {
      const ticket = await desk.ticketFor(serial);
      return ticket?.severity === 3 && countNotes(ticket, title) === 1;
    });
    await client.healLink(serial, name);
    await until(`resolution ${cycle}`, patienceMs, async () => {
      const ticket = await desk.ticketFor(serial);
      const resolved = countNotes(ticket, `Auto-resolving detail for serial: ${serial}`);
      return ticket?.status === "Resolved" && resolved === cycle && (await told("auto-resolved")) === cycle;
    });
  }

  expect(await told("created")).toBe(1);
  expect(await client.tickets()).toHaveLength(1);
});

it("does nothing but tell, once, in a dry run", async () => {
  await using desk = await openDesk({ CURRENT_ENVIRONMENT: "dev" });
  const { client } = desk;
  const [edge] = await client.edges();
  if (edge === undefined) throw new Error("the fleet is empty");
  await client.failEdge(edge.serial);
  const told = async () =>
    (await client.messages("slack")).filter(({ text }) => text.includes("dry run") && text.includes(edge.serial));
  await until("what was withheld", patienceMs, async () => (await told()).length > 0);
  // Two more quarantines: the same is decided again, and nobody hears of it.
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(await told()).toHaveLength(1);
  expect(await client.tickets()).toEqual([]);
});
