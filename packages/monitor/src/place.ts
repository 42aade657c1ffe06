import type { CallFailed } from "./errors.ts";

/** The edge that people are told about. */
export interface Whereabouts {
  readonly clientName: string | null;
  readonly edgeName: string | null;
  readonly serial: string;
  readonly host: string;
}

/** Where something is, as people on Slack are told. */
export function placeText({ clientName, edgeName, serial, host }: Whereabouts): string {
  const client = clientName === null ? "" : `${escaped(clientName)}, `;
  const edge = edgeName === null ? `edge ${serial}` : `edge ${escaped(edgeName)} (${serial})`;
  return `${client}${edge} on ${escaped(host)}`;
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

/** Tickets could not be read; it is told once for as long as that lasts. */
export function unreadableTicketsMessage(host: string, error: CallFailed): string {
  return (
    `Tickets of ${escaped(host)} cannot be read: ${answerText(error)}. ` +
    "What has healed there stays unresolved until it answers; every pass tries again."
  );
}

export function answerText({ subject, status }: CallFailed): string {
  return `\`${subject}\` answered with status ${status}`;
}

/** Slack's control characters: a label must not be able to call the whole channel. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
