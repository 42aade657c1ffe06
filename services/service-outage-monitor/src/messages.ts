import { parseWireDate } from "@trunkline/contracts";
import {
  answerText,
  CACHE_IS_BEING_BUILT,
  type CallFailed,
  escaped,
  placeText,
  type Whereabouts,
} from "@trunkline/monitor";
import { noteTime } from "@trunkline/notes";
import { faultyLinks, isLinkOutage } from "@trunkline/sdwan";
import type { Outage } from "./outage.ts";
import type { Settings } from "./settings.ts";

/** Where and in which words people are told. */
export type Voice = Pick<Settings, "ticketUrl" | "timeZone">;

export function whereaboutsOf({ status, cached }: Pick<Outage, "status" | "cached">): Whereabouts {
  return {
    clientName: cached.bruin_client_info.client_name,
    edgeName: status.name,
    serial: status.serial,
    host: cached.edge.host,
  };
}

export function createdMessage(outage: Outage, ticketId: number, voice: Voice): string {
  return [
    `*${outage.outageType}*: ticket ${ticketId} created for ${placeText(whereaboutsOf(outage))}.`,
    `${troubleText(outage)} ${sinceText(outage, voice)}`,
    ticketLink(ticketId, voice),
  ].join("\n");
}

export function reopenedMessage(outage: Outage, ticketId: number, voice: Voice): string {
  return [
    `*${outage.outageType}*: ticket ${ticketId} re-opened for ${placeText(whereaboutsOf(outage))}.`,
    `${troubleText(outage)} ${sinceText(outage, voice)}`,
    ticketLink(ticketId, voice),
  ].join("\n");
}

export function severityMessage(
  outage: Outage,
  change: { readonly ticketId: number; readonly from: number | null; readonly to: number },
  voice: Voice,
): string {
  const before = change.from === null ? "" : ` from ${change.from}`;
  return [
    `Severity of ticket ${change.ticketId} changed${before} to ${change.to} for ${placeText(whereaboutsOf(outage))}: ${outage.outageType}.`,
    ticketLink(change.ticketId, voice),
  ].join("\n");
}

export function autoResolvedMessage(
  place: Whereabouts,
  resolved: { readonly ticketId: number; readonly outageType: string | null; readonly outageAt: string },
  voice: Voice,
): string {
  const what = resolved.outageType ?? "Outage";
  return [
    `*${what}* is over: ticket ${resolved.ticketId} auto-resolved for ${placeText(place)}.`,
    `Written down at ${noteTime(new Date(resolved.outageAt), voice.timeZone)}, healthy again now.`,
    ticketLink(resolved.ticketId, voice),
  ].join("\n");
}

/** A host could not be looked at; it is told once for as long as that lasts. */
export function blindMessage(host: string, error: CallFailed): string {
  const place = escaped(host);
  if (error.status === CACHE_IS_BEING_BUILT) {
    return `Outages on ${place} are not watched yet: the customer cache is still being built. It begins by itself.`;
  }
  return (
    `The outage monitor is blind on ${place}: ${answerText(error)}. ` +
    "No new outage is noticed there until it answers; every pass tries again."
  );
}

/** Edges whose data the monitor cannot make sense of; told once for the same edges. */
export function oddEdgesMessage(host: string, serials: readonly string[]): string {
  const shown = serials.slice(0, 10).join(", ");
  const more = serials.length > 10 ? ` and ${serials.length - 10} more` : "";
  return `Not monitored on ${escaped(host)}, because their data is not understood (see the log): ${shown}${more}.`;
}

function troubleText({ outageType, status }: Outage): string {
  const links = faultyLinks(status)
    .map((link) => `${link.interface ?? "a link"}${link.label ? ` (${escaped(link.label)})` : ""}`)
    .join(", ");
  if (isLinkOutage(outageType)) return `Down: ${links}. The edge itself is up.`;
  const partner = status.partner === null ? "" : partnerText(status.partner.serial, outageType);
  return `The edge is offline${partner}.${links === "" ? "" : ` Links down: ${links}.`}`;
}

function partnerText(serial: string, outageType: Outage["outageType"]): string {
  return outageType === "Soft Down (HA)" ? `; its partner ${serial} carries on` : `, and so is its partner ${serial}`;
}

/** An edge that is down was last heard of before a pass noticed. */
function sinceText({ outageType, status, since }: Outage, { timeZone }: Voice): string {
  const lastContact = isLinkOutage(outageType) ? undefined : parseWireDate(status.lastContact ?? "");
  if (lastContact !== undefined) return `Last heard of at ${noteTime(lastContact, timeZone)}.`;
  return `Since ${noteTime(new Date(since), timeZone)} or a little earlier.`;
}

function ticketLink(ticketId: number, { ticketUrl }: Voice): string {
  return `${ticketUrl}/${ticketId}`;
}
