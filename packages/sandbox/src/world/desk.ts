import { NotAllowed, NotNow, Unknown } from "../errors.ts";
import { type DeskParts, reopenDetail, startWork, writeNote } from "./desk-parts.ts";
import type { Asset } from "./inventory.ts";
import { type RepairItem, type RepairRequest, repair } from "./repair.ts";
import { bruinSystem, type Detail, detailOf, type Note, type Subscriber, type Ticket, type Topic } from "./ticket.ts";
import { nextResults, resultById, type WorkResult } from "./work-queues.ts";

/** How a caller names a detail: its number, its service number, or both. */
export interface DetailName {
  readonly detailId?: number | undefined;
  readonly serviceNumber?: string | undefined;
}

export interface NewNote {
  readonly text: string;
  readonly serviceNumbers: readonly string[];
  readonly type: string;
  readonly author: string;
}

export interface OpenTicket {
  readonly topic: Topic;
  readonly assets: readonly [Asset, ...Asset[]];
  readonly description: string;
}

/** Bruin's service desk: what may be done to tickets, and what follows from it. */
export interface Desk {
  readonly apiUser: string;
  tickets(): Ticket[];
  ticket(id: number): Ticket;
  openTicketOf(serviceNumber: string): Ticket | undefined;
  detail(ticket: Ticket, name: DetailName): Detail;
  repair(request: Omit<RepairRequest, "by">): RepairItem[];
  open(ticket: OpenTicket): Ticket;
  addNote(ticket: Ticket, note: NewNote): Note;
  /** Takes a detail up again; Bruin notes it. Nothing happens to one that is in progress. */
  unresolveDetail(detail: Detail): void;
  /** Resolves a detail, and those of the named interfaces; the last one resolves the ticket. */
  resolveDetail(detail: Detail, interfaces: readonly string[]): void;
  changeWork(detail: Detail, resultId: number): WorkResult;
  nextResults(detail: Detail): WorkResult[];
  setPaused(detail: Detail, paused: boolean): void;
  assign(detail: Detail, name: string | null): void;
  setSeverity(ticket: Ticket, severity: number, reason: string): void;
  /** Only users of the ticket's client can be told about it. Who is subscribed already stays so. */
  subscribe(ticket: Ticket, subscriber: Subscriber): void;
  setLocked(ticket: Ticket, locked: boolean): void;
  close(ticket: Ticket, note: string): void;
}

export function createDesk(parts: DeskParts): Desk {
  const { store, apiUser } = parts;
  return {
    apiUser,
    tickets: () => store.all(),
    ticket(id) {
      const ticket = store.get(id);
      if (ticket === undefined) throw new Unknown("ticket", id);
      return ticket;
    },
    openTicketOf: (serviceNumber) => store.openOfAsset(serviceNumber),
    detail: detailByName,
    repair: (request) => repair(parts, { ...request, by: apiUser }),
    open: (ticket) => open(parts, ticket),
    addNote: (ticket, note) => writeNote(parts, ticket, note),
    unresolveDetail: (detail) => unresolveDetail(parts, detail),
    resolveDetail: (detail, interfaces) => resolveDetail(parts, detail, interfaces),
    changeWork: (detail, resultId) => changeWork(parts, detail, resultId),
    nextResults: ({ task }) => nextResults(task),
    setPaused(detail, paused) {
      update(parts, detail, { paused });
    },
    assign(detail, name) {
      update(parts, detail, { assignedTo: name });
    },
    setSeverity(ticket, severity, reason) {
      ticket.severity = severity;
      startWork(ticket);
      store.record(ticket, { event: `Severity changed to ${severity}: ${reason}`, by: apiUser });
      parts.onChange(ticket);
    },
    subscribe: (ticket, subscriber) => subscribe(parts, ticket, subscriber),
    setLocked(ticket, locked) {
      ticket.locked = locked;
      parts.onChange(ticket);
    },
    close: (ticket, note) => close(parts, ticket, note),
  };
}

function detailByName(ticket: Ticket, { detailId, serviceNumber }: DetailName): Detail {
  const detail =
    detailId === undefined
      ? serviceNumber === undefined
        ? undefined
        : detailOf(ticket, serviceNumber)
      : ticket.details.find(({ id }) => id === detailId);
  if (detail === undefined) throw new Unknown(`detail of ticket ${ticket.id}`, detailId ?? serviceNumber ?? "");
  return detail;
}

function open(parts: DeskParts, { topic, assets, description }: OpenTicket): Ticket {
  const { store, apiUser } = parts;
  const ticket = store.create({ assets, topic, description, createdBy: apiUser });
  for (const asset of assets) store.addDetail(ticket, asset);
  store.record(ticket, { event: `Ticket created: ${description}`, by: apiUser });
  parts.onChange(ticket);
  return ticket;
}

function unresolveDetail(parts: DeskParts, detail: Detail): void {
  const { ticket } = detail;
  refuseClosed(ticket);
  if (detail.status !== "R") return;
  reopenDetail(parts, detail);
  writeNote(parts, ticket, {
    text: `Unresolve Action: ${detail.task}`,
    serviceNumbers: [detail.asset.serviceNumber],
    type: "ADN",
    author: bruinSystem,
  });
}

function resolveDetail(parts: DeskParts, detail: Detail, interfaces: readonly string[]): void {
  const { ticket } = detail;
  refuseClosed(ticket);
  const lines = ticket.details.filter(
    ({ asset }) => asset.edge === detail.asset.edge && asset.link !== null && interfaces.includes(asset.link.interface),
  );
  const affected = [detail, ...lines].filter(({ status }) => status === "I");
  const paused = affected.find((candidate) => candidate.paused);
  if (paused !== undefined) throw new NotNow(`Detail ${paused.id} is paused.`);
  for (const each of affected) {
    Object.assign(each, { status: "R", updatedAt: parts.now() });
    parts.store.record(ticket, { event: `Line ${each.asset.serviceNumber} resolved`, by: parts.apiUser, detail: each });
  }
  startWork(ticket);
  if (ticket.status !== "Resolved" && ticket.details.every(({ status }) => status === "R")) {
    Object.assign(ticket, { status: "Resolved", resolvedAt: parts.now() });
    parts.store.record(ticket, { event: "Ticket resolved", by: parts.apiUser });
  }
  parts.onChange(ticket);
}

function changeWork(parts: DeskParts, detail: Detail, resultId: number): WorkResult {
  const { ticket } = detail;
  refuseClosed(ticket);
  const result = resultById(resultId);
  if (result === undefined) throw new Unknown("work result", resultId);
  const task = detail.task;
  Object.assign(detail, { task: result.queue, updatedAt: parts.now() });
  startWork(ticket);
  const event = `Work moved from ${task} to ${result.queue}`;
  parts.store.record(ticket, { event, by: parts.apiUser, detail, task, taskResult: result.name });
  parts.onChange(ticket);
  return result;
}

function update(parts: DeskParts, detail: Detail, values: Partial<Detail>): void {
  const { ticket } = detail;
  Object.assign(detail, values, { updatedAt: parts.now() });
  parts.onChange(ticket);
}

function subscribe(parts: DeskParts, ticket: Ticket, { email, type }: Subscriber): void {
  const isUser = ticket.customer.contacts.some((contact) => contact.email === email.toLowerCase());
  if (!isUser) throw new NotAllowed(`${email} is no user of client ${ticket.customer.id}.`);
  if (ticket.subscribers.some((each) => each.email === email && each.type === type)) return;
  ticket.subscribers.push({ email, type });
  parts.store.record(ticket, { event: `${email} subscribed to ${type}`, by: parts.apiUser });
  parts.onChange(ticket);
}

function close(parts: DeskParts, ticket: Ticket, note: string): void {
  refuseClosed(ticket);
  Object.assign(ticket, { status: "Closed", closedAt: parts.now() });
  for (const detail of ticket.details) Object.assign(detail, { status: "C", updatedAt: parts.now() });
  parts.store.record(ticket, { event: `Ticket closed: ${note}`, by: parts.apiUser });
  parts.onChange(ticket);
}

function refuseClosed({ id, status }: Ticket): void {
  if (status === "Closed") throw new NotNow(`Ticket ${id} is closed.`);
}
