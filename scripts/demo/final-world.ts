import type { Message, Ticket } from "./sandbox-client.ts";

/** What a ticket of the storyline must look like once everything has healed. */
export interface ExpectedTicket {
  /** The edge's serial number, which is the service number of one of the ticket's details. */
  readonly serial: string;
  readonly severity: number;
  readonly status: string;
  /** How many of its details must lie in a work queue. */
  readonly queues: Readonly<Record<string, number>>;
  /** How often a note must occur, by what it contains. */
  readonly notes: Readonly<Record<string, number>>;
  /** How many Slack messages must name this serial, by what they contain. */
  readonly slack: Readonly<Record<string, number>>;
}

export interface World {
  readonly tickets: readonly Ticket[];
  readonly slack: readonly Message[];
}

/**
 * Compares a finished world with what the storyline says it must be.
 *
 * @returns one sentence for each difference; none when the world is as it must be
 */
export function differences(expected: readonly ExpectedTicket[], world: World): string[] {
  const known = new Set<number>();
  const found = expected.flatMap((wanted) => {
    const tickets = world.tickets.filter(({ details }) =>
      details.some(({ serviceNumber }) => serviceNumber === wanted.serial),
    );
    for (const { id } of tickets) known.add(id);
    const [ticket] = tickets;
    if (ticket === undefined) return [`${wanted.serial}: no ticket, expected one`];
    if (tickets.length > 1) return [`${wanted.serial}: ${tickets.length} tickets, expected one`];
    return [...ticketDifferences(wanted, ticket), ...slackDifferences(wanted, world.slack)];
  });
  const unexpected = world.tickets
    .filter(({ id }) => !known.has(id))
    .map(
      ({ id, details }) =>
        `ticket ${id} for ${details.map(({ serviceNumber }) => serviceNumber).join(", ")}: expected none`,
    );
  return [...found, ...unexpected];
}

function ticketDifferences(wanted: ExpectedTicket, ticket: Ticket): string[] {
  const about = `ticket ${ticket.id} for ${wanted.serial}`;
  const texts = ticket.notes.map(({ text }) => text ?? "");
  return [
    ...unequal(`${about}: status`, wanted.status, ticket.status),
    ...unequal(`${about}: severity`, wanted.severity, ticket.severity),
    ...counted(
      `${about}: details in`,
      wanted.queues,
      ticket.details.map(({ queue }) => queue),
    ),
    ...counted(`${about}: notes with`, wanted.notes, texts),
  ];
}

function slackDifferences(wanted: ExpectedTicket, slack: readonly Message[]): string[] {
  const texts = slack.map(({ text }) => text).filter((text) => text.includes(wanted.serial));
  return counted(`${wanted.serial}: Slack messages with`, wanted.slack, texts);
}

function counted(what: string, wanted: Readonly<Record<string, number>>, texts: readonly string[]): string[] {
  return Object.entries(wanted).flatMap(([part, count]) =>
    unequal(`${what} "${part}"`, count, texts.filter((text) => text.includes(part)).length),
  );
}

function unequal(what: string, wanted: unknown, actual: unknown): string[] {
  return wanted === actual ? [] : [`${what}: ${String(actual)}, expected ${String(wanted)}`];
}
