import { parseTicketDate, type TicketDetail } from "@trunkline/contracts";
import type { MonitoredEdge, OpenTicket } from "@trunkline/monitor";
import type { DocumentedOutage } from "@trunkline/notes";
import { autoResolvesOf, currentCycle, type TicketCycle } from "@trunkline/notes";
import { isCustomerOwned, isLinkFaulty, isSiteDay } from "@trunkline/sdwan";
import { RESOLVED } from "../documentation/decide-severity.ts";
import type { OutageFacts } from "../outage-metrics.ts";
import type { Settings } from "../settings.ts";
import { workQueues } from "../work-queues.ts";

/** Why a healthy edge's detail is left to people. */
export type Refusal =
  | "the ticket has no detail for the edge"
  | "somebody is working on it"
  | "the outage was too long ago"
  | "it was resolved too often"
  | "it is resolved already";

/** What is to be done about a healthy edge's ticket. */
export interface Resolution {
  readonly ticketId: number;
  readonly detailId: number;
  /** Lines of the edge that the ticket covers too. */
  readonly lines: readonly {
    readonly interface: string;
    readonly serviceNumber: string;
    readonly detailId: number;
  }[];
  /** The customer mended their own circuit: nobody else has anything left to do, and the ticket is closed. */
  readonly close: boolean;
  /** When the outage was written down. */
  readonly outageAt: Date;
  readonly facts: OutageFacts;
}

export type AutoResolveVerdict = { readonly refused: Refusal } | { readonly resolve: Resolution };

export interface AutoResolveQuestion {
  readonly edge: MonitoredEdge;
  /** An open ticket that the automation opened. */
  readonly ticket: OpenTicket;
  readonly now: Date;
  readonly settings: Pick<Settings, "autoResolve" | "customerOwnedLabels">;
}

/** The access that people look after themselves once they have begun to. */
const WIRED_ACCESS = "Ethernet/T1/MPLS";

/** Whether the detail of an edge that is healthy again is resolved without a person. */
export function decideAutoResolve({ edge, ticket, now, settings }: AutoResolveQuestion): AutoResolveVerdict {
  const { serial } = edge.status;
  const detail = ticket.ticketDetails.find(({ detailValue }) => detailValue === serial);
  if (detail === undefined) return { refused: "the ticket has no detail for the edge" };
  const lines = matchedLines(edge, ticket);
  const numbers = new Set([serial, ...lines.map(({ serviceNumber }) => serviceNumber)]);
  const cycle = currentCycle(ticket.ticketNotes, numbers);
  const hasByob = hasFaultyByob(cycle.documented, settings.customerOwnedLabels);
  const outageAt = cycle.reopenedAt ?? parseTicketDate(ticket.ticket.createDate);

  // A circuit that the customer brings lies with the automation until the customer has mended it, however long.
  const isCustomersOwn = hasByob === true && detail.currentTaskName === workQueues.ipa;
  if (!isCustomersOwn) {
    if (lines.some(({ access }) => access === WIRED_ACCESS) && isAssigned(detail)) {
      return { refused: "somebody is working on it" };
    }
    if (outageAt === undefined || isTooOld(outageAt, { edge, now, settings })) {
      return { refused: "the outage was too long ago" };
    }
    if (autoResolvesOf(serial, ticket.ticketNotes) >= settings.autoResolve.maxPerTicket) {
      return { refused: "it was resolved too often" };
    }
  }
  if (detail.detailStatus === RESOLVED) return { refused: "it is resolved already" };
  return {
    resolve: {
      ticketId: ticket.ticket.ticketID,
      detailId: detail.detailID,
      lines: lines.map(({ access: _, ...line }) => line),
      close: isCustomersOwn,
      outageAt: outageAt ?? now,
      facts: factsOf(edge, { ticket, cycle, hasByob }),
    },
  };
}

interface MatchedLine {
  readonly interface: string;
  readonly serviceNumber: string;
  readonly detailId: number;
  readonly access: string | null;
}

/** Lines of the edge's links that the ticket has a detail for. */
function matchedLines({ status, cached }: MonitoredEdge, { ticketDetails }: OpenTicket): MatchedLine[] {
  const interfaces = new Set(status.links.map((link) => link.interface));
  const details = new Map(ticketDetails.map(({ detailValue, detailID }) => [detailValue, detailID]));
  return cached.logical_ids.flatMap(({ interface_name: name, service_number: serviceNumber, access_type: access }) => {
    const detailId = serviceNumber === null ? undefined : details.get(serviceNumber);
    if (name === null || serviceNumber === null || detailId === undefined || !interfaces.has(name)) return [];
    return [{ interface: name, serviceNumber, detailId, access }];
  });
}

function isAssigned({ assignedToName }: TicketDetail): boolean {
  const name = assignedToName?.trim() ?? "";
  return name !== "" && name !== "0";
}

/** A site whose hours nobody knows gets the shorter grace of the day. */
function isTooOld(
  outageAt: Date,
  { edge, now, settings }: Pick<AutoResolveQuestion, "edge" | "now" | "settings">,
): boolean {
  const { dayHours, graceMs } = settings.autoResolve;
  const tzOffset = edge.cached.site_details?.tzOffset ?? null;
  const isDay = tzOffset === null || isSiteDay(now, tzOffset, dayHours);
  return now.getTime() - outageAt.getTime() > (isDay ? graceMs.day : graceMs.night);
}

/** Null when no note says which links were down. */
function hasFaultyByob(documented: DocumentedOutage | null, markers: readonly string[]): boolean | null {
  if (documented === null) return null;
  return documented.links.some((link) => isLinkFaulty(link) && isCustomerOwned(link.label, markers));
}

function factsOf(
  { cached }: MonitoredEdge,
  known: { readonly ticket: OpenTicket; readonly cycle: TicketCycle; readonly hasByob: boolean | null },
): OutageFacts {
  const { documented, reboots } = known.cycle;
  const faulty = documented?.links.filter(isLinkFaulty);
  return {
    host: cached.edge.host,
    clientName: cached.bruin_client_info.client_name ?? "",
    outageType: documented?.outageType ?? null,
    severity: known.ticket.ticket.severity,
    hasDigi: faulty?.some((link) => reboots.some((reboot) => reboot.interface === link.interface)) ?? null,
    hasByob: known.hasByob,
    linkTypes: faulty?.map(({ type }) => type?.type ?? null) ?? null,
  };
}
