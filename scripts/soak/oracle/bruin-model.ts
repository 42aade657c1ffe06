import type { EdgeFacts } from "../facts.ts";
import type { DeskAction } from "../planned-event.ts";
import type { TicketStory } from "../story.ts";

export interface ModelDetail {
  readonly serviceNumber: string;
  readonly edge: number;
  status: "I" | "R" | "C";
  queue: string;
  assigned: boolean;
  paused: boolean;
}

/** A note as later rules need it. */
export interface ModelNote {
  readonly at: number;
  readonly kind: "triage" | "re-opening" | "events" | "resolved" | "reminder" | "reboot" | "reboot-failed";
  readonly serials: readonly string[];
  /** Of a reboot: the interface; of an explanation: whether a circuit of the customer's was faulty. */
  readonly interface?: string;
  readonly customerOwned?: boolean;
}

export interface ModelTicket {
  readonly serial: string;
  readonly siteId: number;
  readonly openedAt: number;
  readonly details: ModelDetail[];
  readonly notes: ModelNote[];
  readonly entries: { at: number; text: string }[];
  status: TicketStory["status"];
  severity: number;
  locked: boolean;
}

/** What Bruin answers about one service number; null: a new ticket. */
export type Code = null | 0 | 409 | 471 | 472 | 473;

export interface Reported {
  readonly ticket: ModelTicket;
  readonly code: Code;
  readonly lines: readonly { readonly detail: ModelDetail | undefined; readonly line: string; readonly code: Code }[];
}

/** The service desk by its rules: one open ticket for an asset or its site, re-opened for three days after it is resolved. */
export class BruinModel {
  readonly tickets: ModelTicket[] = [];

  openTicketOf(serviceNumber: string): ModelTicket | undefined {
    return this.#newestFirst().find((ticket) => isOpen(ticket) && detailOf(ticket, serviceNumber) !== undefined);
  }

  report(
    edge: EdgeFacts,
    { serial, faultyLines, at }: { serial: string; faultyLines: readonly string[]; at: number },
  ): Reported {
    const { ticket, code } = this.#reportEdge(edge, serial, at);
    const lines = faultyLines.map((line) => {
      const outcome = reportLine(ticket, { edge: edge.id, line, edgeCode: code, at });
      return { line, code: outcome, detail: detailOf(ticket, line) };
    });
    return { ticket, code, lines };
  }

  /** What a person does. */
  act({ kind, at, serial }: DeskAction): void {
    const ticket = this.openTicketOf(serial);
    const detail = ticket === undefined ? undefined : detailOf(ticket, serial);
    if (ticket === undefined || detail === undefined) return;
    switch (kind) {
      case "assign":
        detail.assigned = true;
        break;
      case "move":
        move(ticket, detail, { queue: "ASR Investigate", at });
        break;
      case "lock":
        ticket.locked = true;
        break;
      case "resolve":
        if (!detail.paused) resolve(ticket, [detail], at);
        break;
      case "close":
        close(ticket, at);
        break;
      case "note":
        startWork(ticket);
        break;
      case "pause":
        detail.paused = true;
        break;
    }
  }

  #reportEdge(edge: EdgeFacts, serial: string, at: number): { ticket: ModelTicket; code: Code } {
    const all = this.#newestFirst();
    const own = all.filter((ticket) => detailOf(ticket, serial) !== undefined);
    const atSite = all.filter(({ siteId }) => siteId === edge.siteId);
    const ownOpen = own.find(isOpen);
    if (ownOpen !== undefined) {
      const detail = detailOf(ownOpen, serial);
      return { ticket: ownOpen, code: detail?.status === "R" ? reopen(ownOpen, detail, at) : 409 };
    }
    const siteOpen = atSite.find(isOpen);
    if (siteOpen !== undefined) {
      addDetail(siteOpen, { serviceNumber: serial, edge: edge.id }, at);
      return { ticket: siteOpen, code: 409 };
    }
    const ownResolved = own.find(({ status }) => status === "Resolved");
    if (ownResolved !== undefined) {
      const detail = detailOf(ownResolved, serial);
      if (ownResolved.locked || detail === undefined) return { ticket: ownResolved, code: 471 };
      return { ticket: ownResolved, code: reopen(ownResolved, detail, at) };
    }
    const siteResolved = atSite.find(({ status, locked }) => status === "Resolved" && !locked);
    if (siteResolved !== undefined) {
      unresolveTicket(siteResolved, at);
      addDetail(siteResolved, { serviceNumber: serial, edge: edge.id }, at);
      return { ticket: siteResolved, code: 473 };
    }
    return { ticket: this.#open(edge, serial, at), code: null };
  }

  #open(edge: EdgeFacts, serial: string, at: number): ModelTicket {
    const ticket: ModelTicket = {
      serial,
      siteId: edge.siteId,
      openedAt: at,
      details: [{ serviceNumber: serial, edge: edge.id, status: "I", queue: "Intake", assigned: false, paused: false }],
      notes: [],
      entries: [{ at, text: "opened" }],
      status: "New",
      severity: 4,
      locked: false,
    };
    this.tickets.push(ticket);
    return ticket;
  }

  #newestFirst(): ModelTicket[] {
    return this.tickets.toReversed();
  }
}

/** A line goes where its edge went. */
function reportLine(
  ticket: ModelTicket,
  { edge, line, edgeCode, at }: { edge: number; line: string; edgeCode: Code; at: number },
): Code {
  if (edgeCode === 471) return 471;
  const detail = detailOf(ticket, line);
  if (detail === undefined) {
    addDetail(ticket, { serviceNumber: line, edge }, at);
    if (edgeCode === null) return null;
    return edgeCode === 409 || edgeCode === 0 ? 0 : 473;
  }
  return detail.status === "I" ? 409 : reopen(ticket, detail, at);
}

export function detailOf(ticket: ModelTicket, serviceNumber: string): ModelDetail | undefined {
  return ticket.details.find((detail) => detail.serviceNumber === serviceNumber);
}

export function isOpen({ status }: ModelTicket): boolean {
  return status === "New" || status === "In-Progress";
}

function addDetail(
  ticket: ModelTicket,
  { serviceNumber, edge }: { serviceNumber: string; edge: number },
  at: number,
): void {
  ticket.details.push({ serviceNumber, edge, status: "I", queue: "Intake", assigned: false, paused: false });
  ticket.entries.push({ at, text: `${serviceNumber} added` });
}

/** Bruin takes a resolved line up again. */
export function reopen(ticket: ModelTicket, detail: ModelDetail, at: number): 472 {
  detail.status = "I";
  unresolveTicket(ticket, at);
  startWork(ticket);
  ticket.entries.push({ at, text: `${detail.serviceNumber} unresolved` });
  return 472;
}

function unresolveTicket(ticket: ModelTicket, at: number): void {
  if (ticket.status !== "Resolved") return;
  ticket.status = "In-Progress";
  ticket.entries.push({ at, text: "ticket unresolved" });
}

export function resolve(ticket: ModelTicket, details: readonly ModelDetail[], at: number): void {
  for (const detail of details.filter(({ status }) => status === "I")) {
    detail.status = "R";
    ticket.entries.push({ at, text: `${detail.serviceNumber} resolved` });
  }
  startWork(ticket);
  if (ticket.status === "Resolved" || ticket.details.some(({ status }) => status !== "R")) return;
  ticket.status = "Resolved";
  ticket.entries.push({ at, text: "ticket resolved" });
}

export function close(ticket: ModelTicket, at: number): void {
  ticket.status = "Closed";
  for (const detail of ticket.details) detail.status = "C";
  ticket.entries.push({ at, text: "closed" });
}

export function move(ticket: ModelTicket, detail: ModelDetail, { queue, at }: { queue: string; at: number }): void {
  detail.queue = queue;
  startWork(ticket);
  ticket.entries.push({ at, text: `${detail.serviceNumber} moved to ${queue}` });
}

export function setSeverity(ticket: ModelTicket, severity: number, at: number): void {
  ticket.severity = severity;
  startWork(ticket);
  ticket.entries.push({ at, text: `severity ${severity}` });
}

export function writeNote(ticket: ModelTicket, note: ModelNote, text: string): void {
  ticket.notes.push(note);
  startWork(ticket);
  ticket.entries.push({ at: note.at, text });
}

function startWork(ticket: ModelTicket): void {
  if (ticket.status === "New") ticket.status = "In-Progress";
}
