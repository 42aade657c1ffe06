import type { Inventory } from "./inventory.ts";
import { bruinSystem, type Detail, type Note, type Ticket } from "./ticket.ts";
import type { TicketStore } from "./ticket-store.ts";

/** What every action on tickets needs. */
export interface DeskParts {
  readonly store: TicketStore;
  readonly inventory: Inventory;
  /** Display name of the user behind the API, as `createdBy` shows it. */
  readonly apiUser: string;
  /** Told after every change of a ticket. */
  readonly onChange: (ticket: Ticket) => void;
  readonly now: () => Date;
}

/** A new ticket is in progress as soon as somebody works on it. */
export function startWork(ticket: Ticket): void {
  if (ticket.status === "New") ticket.status = "In-Progress";
}

export function reopenTicket(parts: DeskParts, ticket: Ticket): void {
  if (ticket.status !== "Resolved") return;
  Object.assign(ticket, { status: "In-Progress", resolvedAt: null });
  parts.store.record(ticket, { event: "Ticket unresolved", by: bruinSystem });
}

/** Takes a resolved detail up again, and its ticket with it. */
export function reopenDetail(parts: DeskParts, detail: Detail): void {
  const { ticket } = detail;
  Object.assign(detail, { status: "I", updatedAt: parts.now() });
  reopenTicket(parts, ticket);
  startWork(ticket);
  parts.store.record(ticket, { event: `Line ${detail.asset.serviceNumber} unresolved`, by: bruinSystem, detail });
  parts.onChange(ticket);
}

export function writeNote(
  parts: DeskParts,
  ticket: Ticket,
  note: Pick<Note, "text" | "serviceNumbers" | "type" | "author">,
): Note {
  const written = parts.store.addNote(ticket, note);
  const detail = ticket.details.find(({ asset }) => note.serviceNumbers.includes(asset.serviceNumber)) ?? null;
  parts.store.record(ticket, { event: "Note added", by: note.author, note: written, detail });
  startWork(ticket);
  parts.onChange(ticket);
  return written;
}
