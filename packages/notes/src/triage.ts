import { type LastSeen, type LinkType, type OutageType, outageTypes } from "@trunkline/sdwan";
import { noteTime } from "./note-time.ts";
import { isLaterPage } from "./pages.ts";
import { inOneLine, ownLines, signed } from "./watermark.ts";

/** What an outage looks like, for whoever opens its ticket. */
export interface TriageNote {
  /** A `re-opening` note says that a resolved ticket was taken up again; it begins a new cycle of the ticket. */
  readonly kind: "triage" | "re-opening";
  readonly outageType: OutageType;
  /** Where the edge is found in the Orchestrator's console. */
  readonly console: { readonly host: string; readonly enterpriseId: number; readonly edgeId: number };
  readonly edgeName: string | null;
  /** The edge, or the primary of its pair. */
  readonly primary: { readonly serial: string; readonly state: string; readonly lastSeen: LastSeen };
  /** The other edge of a pair; null outside the HA outage types. */
  readonly standby: { readonly serial: string; readonly state: string } | null;
  readonly links: readonly TriageLink[];
  /** Since when, what was done about it and what comes next, each in one sentence; left out where unknown. */
  readonly story?: TriageStory;
  readonly writtenAt: Date;
}

export interface TriageStory {
  /** When the outage was first seen. */
  readonly since?: Date;
  readonly done?: string;
  readonly next?: string;
}

/** A link as a triage note shows it. */
export interface DocumentedLink {
  readonly interface: string;
  readonly label: string | null;
  readonly ipAddress: string | null;
  readonly type: LinkType | null;
  readonly state: string | null;
}

export interface TriageLink extends DocumentedLink {
  readonly lastSeen: LastSeen;
}

/** What can be read back from a triage or re-opening note. */
export interface DocumentedOutage {
  readonly kind: TriageNote["kind"];
  readonly outageType: OutageType | null;
  readonly links: readonly DocumentedLink[];
}

/** Notes of later events bear it too. */
export const triageTitle = "Triage (VeloCloud)";

const titles = { triage: triageTitle, "re-opening": "Re-opening ticket." } as const;

const pairStates: Partial<Record<OutageType, string>> = {
  "Soft Down (HA)": "High Availability - Edge Offline",
  "Hard Down (HA)": "High Availability - Location Offline",
};

/** @param timeZone in which the note gives its times */
export function renderTriage(note: TriageNote, timeZone: string): string {
  const time = (moment: Date | null) => (moment === null ? "Unknown" : noteTime(moment, timeZone));
  const pairState = pairStates[note.outageType];
  return signed([
    titles[note.kind],
    "",
    `Outage Type: ${note.outageType}`,
    ...(pairState === undefined ? [] : [pairState]),
    "",
    ...whereLines(note),
    "",
    ...(note.outageType === "Hard Down (HA)" ? ["Both primary and secondary edges are DISCONNECTED.", ""] : []),
    `Serial: ${note.primary.serial}`,
    `Edge Status: ${note.primary.state}`,
    ...(note.standby === null ? [] : ["HA Role: Primary"]),
    `Last Edge Online: ${time(note.primary.lastSeen.online)}`,
    `Last Edge Offline: ${time(note.primary.lastSeen.offline)}`,
    "",
    ...standbyLines(note, time),
    ...note.links.flatMap((link) => linkLines(link, time)),
    ...storyLines(note.story ?? {}, time),
  ]);
}

/** Below all that programs read: for whoever opens the ticket at night. */
function storyLines({ since, done, next }: TriageStory, time: TimeText): string[] {
  return [
    ...(since === undefined ? [] : [`First seen: ${time(since)}`]),
    ...(done === undefined ? [] : [`What was done: ${inOneLine(done)}`]),
    ...(next === undefined ? [] : [`What comes next: ${inOneLine(next)}`]),
  ];
}

function whereLines({ console, edgeName }: TriageNote): string[] {
  const base = `https://${console.host}/#!/operator/customer/${console.enterpriseId}/monitor`;
  const edge = `${base}/edge/${console.edgeId}`;
  return [
    `Orchestrator Instance: ${console.host}`,
    `Edge Name: ${shown(edgeName)}`,
    `Links: [Edge|${edge}/] - [QoE|${edge}/qoe/] - [Transport|${edge}/links/] - [Events|${base}/events/]`,
  ];
}

type TimeText = (moment: Date | null) => string;

function standbyLines({ standby, writtenAt }: TriageNote, time: TimeText): string[] {
  if (standby === null) return [];
  return [
    `Serial: ${standby.serial}`,
    `Edge Status: ${standby.state === "CONNECTED" ? "STANDBY READY" : standby.state}`,
    "HA Role: Standby",
    ...(standby.state === "OFFLINE" ? [`Timestamp: ${time(writtenAt)}`] : []),
    "",
  ];
}

function linkLines(link: TriageLink, time: TimeText): string[] {
  const name = inOneLine(link.interface);
  return [
    `Interface ${name}`,
    `Interface ${name} Label: ${shown(link.label)}`,
    `Interface ${name} IP Address: ${shown(link.ipAddress)}`,
    `Interface ${name} Type: ${typeText(link.type)}`,
    `Interface ${name} Status: ${shown(link.state)}`,
    `Last ${name} Interface Online: ${time(link.lastSeen.online)}`,
    `Last ${name} Interface Offline: ${time(link.lastSeen.offline)}`,
    "",
  ];
}

/** `None` stands for what is not known; readers of these notes skip a link with an empty value. */
function shown(value: string | null): string {
  return (value === null ? "" : inOneLine(value)) || "None";
}

const modes = new Map([
  ["PUBLIC", "Public"],
  ["PRIVATE", "Private"],
]);
const types = new Map([
  ["WIRED", "Wired"],
  ["WIRELESS", "Wireless"],
]);

function typeText(link: LinkType | null): string {
  const [mode, type] = [modes.get(link?.mode ?? ""), types.get(link?.type ?? "")];
  return mode === undefined || type === undefined ? "Unknown" : `${mode} ${type}`;
}

const LINK_BLOCK =
  /^Interface (.+)\nInterface \1 Label: ?(.*)\nInterface \1 IP Address: ?(.*)\nInterface \1 Type: ?(.*)\nInterface \1 Status: ?(.*)$/gm;

/**
 * Reads a whole note (see `joinPages`).
 *
 * @returns null when the text is another kind of note; notes of later events bear the title of a triage note too
 */
export function parseTriage(text: string): DocumentedOutage | null {
  const kind = kindOf(text);
  if (kind === null) return null;
  const unified = text.replaceAll("\r\n", "\n");
  const outageType = outageTypes.find((type) => unified.includes(`Outage Type: ${type}`)) ?? null;
  const links = [...unified.matchAll(LINK_BLOCK)].map(linkOf);
  return kind === "triage" && outageType === null && links.length === 0 ? null : { kind, outageType, links };
}

/**
 * Whether a note explains an outage or tells of later events. Later pages of a split note bear this title whatever the
 * note is; what it is stands on its first page.
 */
export function isTriage(text: string): boolean {
  return kindOf(text) === "triage" && !isLaterPage(text);
}

/** Whether a note begins a new cycle of its ticket. */
export function isReopening(text: string): boolean {
  return kindOf(text) === "re-opening";
}

function kindOf(text: string): TriageNote["kind"] | null {
  const [title = ""] = ownLines(text) ?? [];
  if (title.startsWith(titles.triage)) return "triage";
  return title.startsWith("Re-opening") ? "re-opening" : null;
}

function linkOf([, name = "", label, ipAddress, type, state]: RegExpMatchArray): DocumentedLink {
  const value = (text: string | undefined) => (text === undefined || text === "" || text === "None" ? null : text);
  const [, mode, wiring] = /^(Public|Private) (Wired|Wireless)$/.exec(type ?? "") ?? [];
  return {
    interface: name,
    label: value(label),
    ipAddress: value(ipAddress),
    type: mode === undefined || wiring === undefined ? null : { mode: mode.toUpperCase(), type: wiring.toUpperCase() },
    state: value(state),
  };
}
