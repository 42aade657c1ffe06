import { type DeskParts, reopenDetail, reopenTicket } from "./desk-parts.ts";
import type { Asset } from "./inventory.ts";
import { type Detail, detailOf, isOpen, type Ticket } from "./ticket.ts";

/** The outcome for one asset. `errorCode` is no HTTP status: null is a new ticket, the rest tell of an existing one. */
export interface RepairItem {
  readonly asset: Asset;
  readonly ticketId: number;
  readonly errorCode: null | 0 | 409 | 471 | 472 | 473;
  readonly errorMessage: string | null;
}

export interface RepairRequest {
  /** All of one client. */
  readonly assets: readonly [Asset, ...Asset[]];
  /** Lines that are down, reported with the first asset. */
  readonly lines: readonly Asset[];
  readonly description: string;
  readonly by: string;
}

/**
 * Opens a service outage ticket for each asset, or finds the one that already covers it or its site: an open ticket
 * goes before a resolved one, the asset's own before its site's. Closed tickets are history.
 */
export function repair(parts: DeskParts, request: RepairRequest): RepairItem[] {
  const created = new Set<Ticket>();
  const items = request.assets.map((asset) => reportAsset(parts, asset, { ...request, created }));
  const home = items[0] === undefined ? undefined : parts.store.get(items[0].ticketId);
  if (home === undefined) return items;
  return [
    ...items,
    ...request.lines.map((line) => reportLine(parts, line, { home, outcome: items[0]?.errorCode ?? null })),
  ];
}

function reportAsset(
  parts: DeskParts,
  asset: Asset,
  { description, by, created }: RepairRequest & { readonly created: Set<Ticket> },
): RepairItem {
  const { store } = parts;
  const own = store.ofAsset(asset.serviceNumber).filter(({ topic }) => topic === "VOO");
  const atSite = store.ofSite(asset.site.id).filter(({ topic }) => topic === "VOO");
  const ownOpen = own.find(isOpen);
  if (ownOpen !== undefined) return known(parts, ownOpen, asset);
  const siteOpen = atSite.find(isOpen);
  if (siteOpen !== undefined) return added(parts, siteOpen, { asset, errorCode: created.has(siteOpen) ? null : 409 });
  const ownResolved = own.find(isResolved);
  if (ownResolved !== undefined) return unresolved(parts, ownResolved, asset);
  const siteResolved = atSite.find((ticket) => isResolved(ticket) && !ticket.locked);
  if (siteResolved !== undefined) {
    reopenTicket(parts, siteResolved);
    const item = added(parts, siteResolved, { asset, errorCode: 473 });
    const detail = detailOf(siteResolved, asset.serviceNumber);
    return { ...item, errorMessage: unresolvedMessage(siteResolved, detail) };
  }
  const ticket = store.create({ assets: [asset], topic: "VOO", description, createdBy: by });
  created.add(ticket);
  store.addDetail(ticket, asset);
  store.record(ticket, { event: `Ticket created: ${description}`, by });
  parts.onChange(ticket);
  return { asset, ticketId: ticket.id, errorCode: null, errorMessage: null };
}

/** A line goes where its edge went: new lines of a new ticket are new, those of an older one are additional. */
function reportLine(
  parts: DeskParts,
  line: Asset,
  { home, outcome }: { readonly home: Ticket; readonly outcome: RepairItem["errorCode"] },
): RepairItem {
  if (outcome === 471) return refused(home, line);
  const detail = detailOf(home, line.serviceNumber);
  if (detail === undefined) return added(parts, home, { asset: line, errorCode: codeOfNewLine(outcome) });
  if (detail.status === "I") return known(parts, home, line);
  reopenDetail(parts, detail);
  return { asset: line, ticketId: home.id, errorCode: 472, errorMessage: unresolvedMessage(home, detail) };
}

function codeOfNewLine(outcome: RepairItem["errorCode"]): RepairItem["errorCode"] {
  if (outcome === null) return null;
  return outcome === 409 || outcome === 0 ? 0 : 473;
}

function known(parts: DeskParts, ticket: Ticket, asset: Asset): RepairItem {
  const detail = detailOf(ticket, asset.serviceNumber);
  if (detail !== undefined && detail.status === "R") {
    reopenDetail(parts, detail);
    return { asset, ticketId: ticket.id, errorCode: 472, errorMessage: unresolvedMessage(ticket, detail) };
  }
  const errorMessage = `${additionalLine} Failed to add additional line: The item already exists in ${ticket.id}.`;
  return { asset, ticketId: ticket.id, errorCode: 409, errorMessage };
}

function added(
  parts: DeskParts,
  ticket: Ticket,
  { asset, errorCode }: Pick<RepairItem, "asset" | "errorCode">,
): RepairItem {
  const detail = parts.store.addDetail(ticket, asset);
  parts.store.record(ticket, { event: `Line ${asset.serviceNumber} added`, by: parts.apiUser, detail });
  parts.onChange(ticket);
  return { asset, ticketId: ticket.id, errorCode, errorMessage: errorCode === null ? null : additionalLine };
}

function unresolved(parts: DeskParts, ticket: Ticket, asset: Asset): RepairItem {
  const detail = detailOf(ticket, asset.serviceNumber);
  if (ticket.locked || detail === undefined) return refused(ticket, asset);
  reopenDetail(parts, detail);
  return { asset, ticketId: ticket.id, errorCode: 472, errorMessage: unresolvedMessage(ticket, detail) };
}

function refused({ id }: Ticket, asset: Asset): RepairItem {
  const errorMessage = "Ticket is resolved. Please unresolve it first.";
  return { asset, ticketId: id, errorCode: 471, errorMessage };
}

const additionalLine = "Warning: Ticket already exists. We'll add an additional line.";

function unresolvedMessage({ id }: Ticket, detail: Detail | undefined): string {
  return `Warning: We unresolved this line (detailId[${detail?.id ?? 0}]) as well as its ticket[${id}].`;
}

function isResolved({ status }: Ticket): boolean {
  return status === "Resolved";
}
