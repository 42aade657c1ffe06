import type { ExpectedTicket } from "./final-world.ts";
import type { SandboxClient, Ticket, WorldEdge } from "./sandbox-client.ts";
import { until } from "./until.ts";

const OWN_QUEUE = "IPA Investigate";

/** The three edges that things happen to; all others stay well. */
export interface Cast {
  /** One of its links dies and stays dead. */
  readonly deadLink: WorldEdge;
  /** The whole edge goes dark. */
  readonly hardDown: WorldEdge;
  /** One of its links is dead for a moment only. */
  readonly flapping: WorldEdge;
}

export interface Stage {
  readonly sandbox: SandboxClient;
  /** Tells the audience what is going to happen. */
  narrate(sentence: string): void;
  /** Upper bound of every wait, in milliseconds. */
  readonly patienceMs: number;
  /** How long a dead link is left alone before anybody is told, in milliseconds. */
  readonly quarantineMs: number;
  /** A pause for the audience between two events, in milliseconds. @default 0 */
  readonly breathMs?: number;
}

/**
 * One outage of each kind, from the first dead packet to the resolved ticket.
 *
 * @returns what the world must be like afterwards
 */
export async function playStoryline(stage: Stage): Promise<ExpectedTicket[]> {
  const cast = chooseCast(await stage.sandbox.edges());
  await everythingFails(stage, cast);
  await ticketsAreDocumented(stage, cast);
  await pause(2 * (stage.breathMs ?? 0));
  await everythingHeals(stage, cast);
  return [
    expectedOf(cast.deadLink, { severity: 3, lines: 1 }),
    expectedOf(cast.hardDown, { severity: 2, lines: cast.hardDown.links.length }),
  ];
}

/** Picks three edges of three customers, on both hosts, without high availability, with two links each. */
function chooseCast(edges: readonly WorldEdge[]): Cast {
  const plain = edges.filter(
    ({ haSerial, links, state }) => haSerial === null && links.length >= 2 && state === "CONNECTED",
  );
  const [deadLink] = plain;
  const hardDown = plain.find(({ customer, host }) => customer !== deadLink?.customer && host !== deadLink?.host);
  const flapping = plain.find(({ customer }) => customer !== deadLink?.customer && customer !== hardDown?.customer);
  if (deadLink === undefined || hardDown === undefined || flapping === undefined) {
    throw new Error("the fleet is too small for the storyline: it needs three customers on two hosts");
  }
  return { deadLink, hardDown, flapping };
}

async function everythingFails({ sandbox, narrate, quarantineMs, breathMs = 0 }: Stage, cast: Cast): Promise<void> {
  const [link] = cast.deadLink.links;
  const [flappingLink] = cast.flapping.links;
  if (link === undefined || flappingLink === undefined) throw new Error("an edge of the storyline has no link");

  narrate(`${link.interface} of ${cast.deadLink.name} dies. It will stay dead.`);
  await sandbox.failLink(cast.deadLink.serial, link.interface);
  await pause(breathMs);
  narrate(
    `${flappingLink.interface} of ${cast.flapping.name} flaps: dead now, alive again before its quarantine ends.`,
  );
  await sandbox.failLink(cast.flapping.serial, flappingLink.interface);
  await pause(breathMs);
  narrate(`${cast.hardDown.name} goes dark altogether.`);
  await sandbox.failEdge(cast.hardDown.serial);
  await pause(quarantineMs / 3);
  await sandbox.healLink(cast.flapping.serial, flappingLink.interface);
  narrate(`${flappingLink.interface} of ${cast.flapping.name} is back. Nobody needs to hear of it.`);
}

async function ticketsAreDocumented({ sandbox, narrate, patienceMs }: Stage, cast: Cast): Promise<void> {
  narrate(
    "Quarantine: what is still down when it ends gets a ticket, a triage note, a severity and somebody to look after its lines.",
  );
  for (const [edge, severity] of [
    [cast.deadLink, 3],
    [cast.hardDown, 2],
  ] as const) {
    await until(`a documented ticket for ${edge.name}`, patienceMs, async () => {
      const ticket = ticketOf(edge, await sandbox.tickets());
      return ticket?.severity === severity && hasNote(ticket, "Triage (VeloCloud)") && isLookedAfter(ticket);
    });
  }
}

async function everythingHeals({ sandbox, narrate, patienceMs }: Stage, cast: Cast): Promise<void> {
  narrate("Everything heals. The tickets must be resolved without a person touching them.");
  await sandbox.healEverything();
  for (const edge of [cast.deadLink, cast.hardDown]) {
    await until(`a resolved ticket with a note for ${edge.name}`, patienceMs, async () => {
      const ticket = ticketOf(edge, await sandbox.tickets());
      const slack = await sandbox.messages("slack");
      return (
        ticket?.status === "Resolved" &&
        hasNote(ticket, `Auto-resolving detail for serial: ${edge.serial}`) &&
        slack.some(({ text }) => text.includes(edge.serial) && /resolved/i.test(text))
      );
    });
  }
}

function expectedOf(
  edge: WorldEdge,
  { severity, lines }: { readonly severity: number; readonly lines: number },
): ExpectedTicket {
  return {
    queues: { [OWN_QUEUE]: lines },
    serial: edge.serial,
    severity,
    status: "Resolved",
    notes: { "Triage (VeloCloud)": 1, [`Auto-resolving detail for serial: ${edge.serial}`]: 1 },
    slack: { created: 1, resolved: 1 },
  };
}

function ticketOf(edge: WorldEdge, tickets: readonly Ticket[]): Ticket | undefined {
  return tickets.find(({ details }) => details.some(({ serviceNumber }) => serviceNumber === edge.serial));
}

/** The automation has put the lines that are down into its own queue. */
function isLookedAfter({ details }: Ticket): boolean {
  return details.some(({ queue }) => queue === OWN_QUEUE);
}

function hasNote(ticket: Ticket, part: string): boolean {
  return ticket.notes.some(({ text }) => text?.includes(part) === true);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
