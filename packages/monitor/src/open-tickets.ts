import {
  type BasicTicket,
  getTicketDetails,
  getTicketsBasic,
  slackNotification,
  type TicketDetails,
} from "@trunkline/contracts";
import pLimit from "p-limit";
import { ask } from "./ask.ts";
import type { MonitorBus } from "./desk.ts";
import { CallFailed } from "./errors.ts";
import { unreadableTicketsMessage } from "./place.ts";
import type { Troubles } from "./troubles.ts";

/** An open outage ticket with its details and notes. */
export interface OpenTicket extends TicketDetails {
  readonly ticket: BasicTicket;
}

/** Open outage tickets, as they were when first asked for. */
export interface OpenTickets {
  /**
   * The tickets of some clients, in Bruin's order.
   *
   * @throws CallFailed when the tickets cannot be listed, of which people have been told
   */
  ofClients(clients: ReadonlySet<number>): Promise<readonly OpenTicket[]>;
}

export interface TicketReading {
  readonly bus: MonitorBus<typeof getTicketsBasic | typeof getTicketDetails>;
  readonly productCategory: string;
  readonly troubles: Troubles;
  /** Only tickets that this user opened. @default whoever opened them */
  readonly openedBy?: string;
}

/** Tickets whose details are read at once. */
const CONCURRENCY = 5;

/** One request lists them all, and one each reads their details: calls grow with tickets, not with edges. */
export function openTickets(host: string, options: TicketReading): OpenTickets {
  const limit = pLimit(CONCURRENCY);
  const known = new Map<number, Promise<OpenTicket | undefined>>();
  let list: Promise<readonly BasicTicket[]> | undefined;

  const read = (ticket: BasicTicket) => {
    const reading = known.get(ticket.ticketID) ?? limit(() => readTicket(ticket, { ...options, host }));
    known.set(ticket.ticketID, reading);
    return reading;
  };
  return {
    ofClients: async (clients) => {
      list ??= listTickets({ ...options, host });
      const ofClients = (await list).filter(({ clientID }) => clientID !== null && clients.has(clientID));
      const tickets = await Promise.all(ofClients.map(read));
      return tickets.filter((ticket) => ticket !== undefined);
    },
  };
}

/** Tickets by the service numbers of their details; of several with the same, the one that comes first. */
export function byServiceNumber(tickets: readonly OpenTicket[]): Map<string, OpenTicket> {
  const found = new Map<string, OpenTicket>();
  for (const ticket of tickets) {
    for (const { detailValue } of ticket.ticketDetails) {
      if (detailValue !== null && !found.has(detailValue)) found.set(detailValue, ticket);
    }
  }
  return found;
}

interface ReadOptions extends TicketReading {
  readonly host: string;
}

async function listTickets(options: ReadOptions): Promise<readonly BasicTicket[]> {
  const { bus, productCategory, openedBy } = options;
  const tickets = await reported(options, "listing", () =>
    ask(bus, getTicketsBasic, {
      body: {
        ticket_statuses: ["New", "InProgress", "Draft"],
        ticket_topic: "VOO",
        product_category: productCategory,
      },
    }),
  );
  return openedBy === undefined ? tickets : tickets.filter(({ createdBy }) => createdBy === openedBy);
}

/** Undefined when the ticket cannot be read: it must not keep the others from being resolved. */
async function readTicket(ticket: BasicTicket, options: ReadOptions): Promise<OpenTicket | undefined> {
  try {
    const details = await reported(options, "details", () =>
      ask(options.bus, getTicketDetails, { body: { ticket_id: ticket.ticketID } }),
    );
    return { ticket, ...details };
  } catch (error) {
    if (error instanceof CallFailed) return undefined;
    throw error;
  }
}

async function reported<T>({ host, bus, troubles }: ReadOptions, what: string, read: () => Promise<T>): Promise<T> {
  const trouble = `tickets of ${host}, ${what}`;
  try {
    const answer = await read();
    await troubles.over(trouble);
    return answer;
  } catch (error) {
    if (error instanceof CallFailed) {
      const message = unreadableTicketsMessage(host, error);
      await troubles.met(trouble, error, () => bus.publish(slackNotification, { message }));
    }
    throw error;
  }
}
