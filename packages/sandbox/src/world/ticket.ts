import type { Asset } from "./inventory.ts";
import type { Customer, Site } from "./model.ts";

/** `VOO`: service outage; `VAS`: service affecting. */
export type Topic = "VOO" | "VAS";
export type TicketStatus = "New" | "In-Progress" | "Resolved" | "Closed";
/** In progress, resolved, closed. */
export type DetailStatus = "I" | "R" | "C";

/** A task of a ticket: the work on one asset. */
export interface Detail {
  readonly id: number;
  readonly ticket: Ticket;
  readonly asset: Asset;
  status: DetailStatus;
  /** The work queue it lies in. */
  task: string;
  assignedTo: string | null;
  /** While paused it cannot be resolved. */
  paused: boolean;
  updatedAt: Date;
}

export interface Note {
  readonly id: number;
  readonly text: string;
  /** Empty: the note belongs to every line. */
  readonly serviceNumbers: readonly string[];
  /** `ADN` public, `CON` private. */
  readonly type: string;
  readonly at: Date;
  readonly author: string;
}

export interface HistoryEntry {
  readonly at: Date;
  readonly by: string;
  readonly event: string;
  readonly detail: Detail | null;
  readonly note: Note | null;
  readonly task: string | null;
  readonly taskResult: string | null;
}

/** Someone whom Bruin tells about a ticket's changes. */
export interface Subscriber {
  readonly email: string;
  /** `NotesAndMilestones`, `2`, ... */
  readonly type: string;
}

export interface Ticket {
  readonly id: number;
  readonly customer: Customer;
  readonly site: Site;
  readonly topic: Topic;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly description: string;
  readonly details: Detail[];
  readonly notes: Note[];
  readonly history: HistoryEntry[];
  readonly subscribers: Subscriber[];
  status: TicketStatus;
  severity: number;
  /** Bruin refuses to re-open it by itself when the asset fails again. */
  locked: boolean;
  resolvedAt: Date | null;
  closedAt: Date | null;
}

/** Bruin's own hand, where no user did it. */
export const bruinSystem = "Bruin System";

export function isOpen({ status }: Ticket): boolean {
  return status === "New" || status === "In-Progress";
}

export function detailOf(ticket: Ticket, serviceNumber: string): Detail | undefined {
  return ticket.details.find(({ asset }) => asset.serviceNumber === serviceNumber);
}
