import { parseWireDate } from "@trunkline/contracts";
import { escaped, placeText, type Whereabouts } from "@trunkline/monitor";
import { noteTime, WIRELESS_QUEUE } from "@trunkline/notes";
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

/** A DiGi modem was told to start again. */
export function rebootedMessage(
  outage: Outage,
  { ticketId, interface: name }: { readonly ticketId: number; readonly interface: string },
  voice: Voice,
): string {
  return [
    `DiGi modem on ${escaped(name)} rebooted for ${placeText(whereaboutsOf(outage))}.`,
    `Its link is down: ${outage.outageType}. If it stays down, people get the task.`,
    ticketLink(ticketId, voice),
  ].join("\n");
}

export function handedOverMessage(
  outage: Outage,
  { ticketId, interface: name }: { readonly ticketId: number; readonly interface: string },
  voice: Voice,
): string {
  return [
    `Task of ticket ${ticketId} moved to ${WIRELESS_QUEUE} for ${placeText(whereaboutsOf(outage))}.`,
    `A reboot of the DiGi modem on ${escaped(name)} did not bring its link back.`,
    ticketLink(ticketId, voice),
  ].join("\n");
}

export function remindedMessage(outage: Outage, ticketId: number, voice: Voice): string {
  return [
    `Customer reminded of ticket ${ticketId}: their own circuit is still down at ${placeText(whereaboutsOf(outage))}.`,
    ticketLink(ticketId, voice),
  ].join("\n");
}

export function forwardedMessage(
  forward: {
    readonly ticketId: number;
    readonly queue: string;
    readonly place: Whereabouts;
    readonly detailId: number | null;
  },
  voice: Voice,
): string {
  const { ticketId, queue, place, detailId } = forward;
  const task = detailId === null ? "Task" : `Task ${detailId}`;
  return [
    `${task} of ticket ${ticketId} moved to ${queue} for ${placeText(place)}: it has not healed by itself.`,
    ticketLink(ticketId, voice),
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
