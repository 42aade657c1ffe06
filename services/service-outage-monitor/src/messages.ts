import { parseWireDate } from "@trunkline/contracts";
import { noteTime } from "@trunkline/notes";
import { faultyLinks, isLinkOutage } from "@trunkline/sdwan";
import { CACHE_IS_BEING_BUILT, type CallFailed } from "./errors.ts";
import type { Outage } from "./outage.ts";
import type { Settings } from "./settings.ts";

/** Where and in which words people are told. */
export type Voice = Pick<Settings, "ticketUrl" | "timeZone">;

/** The edge whose outage people are told about. */
export interface Whereabouts {
  readonly clientName: string | null;
  readonly edgeName: string | null;
  readonly serial: string;
  readonly host: string;
}

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

/** A step of a decision failed. Where it may succeed later, this is told once for as long as the bridge fails. */
export function failureMessage(failure: {
  readonly about: string;
  readonly doing: string;
  readonly error: CallFailed;
}): string {
  const { about, doing, error } = failure;
  const next = error.isTransient
    ? "It is tried again, and whatever else needs the same waits with it."
    : "It is not tried again: please look at it.";
  return `Could not ${doing} for ${about}: ${answerText(error)}. ${next}`;
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

/** Tickets could not be read; it is told once for as long as that lasts. */
export function unreadableTicketsMessage(host: string, error: CallFailed): string {
  return (
    `Tickets of ${escaped(host)} cannot be read: ${answerText(error)}. ` +
    "What has healed there stays unresolved until it answers; every pass tries again."
  );
}

/** Edges whose data the monitor cannot make sense of; told once for the same edges. */
export function oddEdgesMessage(host: string, serials: readonly string[]): string {
  const shown = serials.slice(0, 10).join(", ");
  const more = serials.length > 10 ? ` and ${serials.length - 10} more` : "";
  return `Not monitored on ${escaped(host)}, because their data is not understood (see the log): ${shown}${more}.`;
}

function answerText({ subject, status }: CallFailed): string {
  return `\`${subject}\` answered with status ${status}`;
}

export function placeText({ clientName, edgeName, serial, host }: Whereabouts): string {
  const client = clientName === null ? "" : `${escaped(clientName)}, `;
  const edge = edgeName === null ? `edge ${serial}` : `edge ${escaped(edgeName)} (${serial})`;
  return `${client}${edge} on ${escaped(host)}`;
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

/** Slack's control characters: a label must not be able to call the whole channel. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
