import type { Clock } from "@trunkline/clock";
import type { Asset } from "./inventory.ts";
import { type Detail, type HistoryEntry, isOpen, type Note, type Ticket, type Topic } from "./ticket.ts";
import { firstQueue } from "./work-queues.ts";

/** A resolved ticket that nobody touches is closed by Bruin after three days. */
const CLOSED_AFTER_MS = 3 * 86_400_000;

export interface NewTicket {
  readonly assets: readonly Asset[];
  readonly topic: Topic;
  readonly description: string;
  readonly createdBy: string;
}

/** Keeps the tickets, finds them by what they are about, and gives out their numbers. */
export interface TicketStore {
  /** Makes a ticket without details at the site of its first asset. */
  create(ticket: NewTicket & { readonly assets: readonly [Asset, ...Asset[]] }): Ticket;
  addDetail(ticket: Ticket, asset: Asset): Detail;
  addNote(ticket: Ticket, note: Pick<Note, "text" | "serviceNumbers" | "type" | "author">): Note;
  record(ticket: Ticket, entry: Pick<HistoryEntry, "event" | "by"> & Partial<HistoryEntry>): void;
  get(id: number): Ticket | undefined;
  /** Newest first. */
  all(): Ticket[];
  /** Tickets with a detail for this service number, newest first. */
  ofAsset(serviceNumber: string): Ticket[];
  /** Newest first. */
  ofSite(siteId: number): Ticket[];
  openOfAsset(serviceNumber: string): Ticket | undefined;
}

export function createTicketStore(clock: Clock): TicketStore {
  const tickets = new Map<number, Ticket>();
  const byAsset = new Map<string, Ticket[]>();
  const bySite = new Map<number, Ticket[]>();
  const last = { ticket: 7_001_000, detail: 8_800, note: 9_900 };

  /** Closes what has been resolved for long; done when somebody looks, so that a movable clock needs no timers. */
  function settled(list: readonly Ticket[]): Ticket[] {
    const limit = clock.now().getTime() - CLOSED_AFTER_MS;
    for (const ticket of list) {
      if (ticket.status === "Resolved" && ticket.resolvedAt !== null && ticket.resolvedAt.getTime() <= limit) {
        ticket.status = "Closed";
        ticket.closedAt = new Date(ticket.resolvedAt.getTime() + CLOSED_AFTER_MS);
        for (const detail of ticket.details) detail.status = "C";
      }
    }
    return list.toReversed();
  }

  return {
    create({ assets: [first], ...rest }) {
      const ticket: Ticket = {
        ...rest,
        id: ++last.ticket,
        customer: first.customer,
        site: first.site,
        createdAt: clock.now(),
        details: [],
        notes: [],
        history: [],
        subscribers: [],
        status: "New",
        severity: 4,
        locked: false,
        resolvedAt: null,
        closedAt: null,
      };
      tickets.set(ticket.id, ticket);
      append(bySite, ticket.site.id, ticket);
      return ticket;
    },
    addDetail(ticket, asset) {
      const detail: Detail = {
        id: ++last.detail,
        ticket,
        asset,
        status: "I",
        task: firstQueue,
        assignedTo: null,
        paused: false,
        updatedAt: clock.now(),
      };
      ticket.details.push(detail);
      append(byAsset, asset.serviceNumber, ticket);
      return detail;
    },
    addNote(ticket, note) {
      const added = { ...note, id: ++last.note, at: clock.now() };
      ticket.notes.push(added);
      return added;
    },
    record(ticket, entry) {
      ticket.history.push({ detail: null, note: null, task: null, taskResult: null, ...entry, at: clock.now() });
    },
    get: (id) => settled([tickets.get(id)].filter((ticket) => ticket !== undefined))[0],
    all: () => settled([...tickets.values()]),
    ofAsset: (serviceNumber) => settled(byAsset.get(serviceNumber) ?? []),
    ofSite: (siteId) => settled(bySite.get(siteId) ?? []),
    openOfAsset: (serviceNumber) => byAsset.get(serviceNumber)?.findLast(isOpen),
  };
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
