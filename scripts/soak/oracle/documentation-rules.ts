import { explanation } from "../story.ts";
import {
  type BruinModel,
  type Code,
  detailOf,
  type ModelNote,
  type ModelTicket,
  move,
  type Reported,
  reopen,
  setSeverity,
  writeNote,
} from "./bruin-model.ts";
import { type Forwards, minutesToPeople, minutesToWorker } from "./forward-rules.ts";
import type { Unit } from "./network-model.ts";
import type { OutageName } from "./outage-rules.ts";

const REBOOT_GRACE_MS = 1_800_000;
const REMINDER_MS = 86_400_000;
const WIRELESS = "Wireless Repair Intervention Needed";
const IPA = "IPA Investigate";

interface Desk {
  readonly bruin: BruinModel;
  readonly forwards: Forwards;
}

interface Found {
  readonly unit: Unit;
  readonly type: OutageName;
  readonly at: number;
}

/** What must follow from an outage that has been found to last. */
export function documentOutage({ bruin, forwards }: Desk, found: Found): void {
  const { unit, at } = found;
  const faultyLines = unit.faulty.map(({ line }) => line);
  const reported = bruin.report(unit.edge, { serial: unit.serial, faultyLines, at });
  const { ticket, code } = reported;
  explain(reported, found, forwards);
  rank(ticket, found, { countsTasks: code === 409 || code === 471 || code === 472 });
  if (goesToPeople(unit)) {
    const detail = detailOf(ticket, unit.serial);
    const forward = { ticket, serial: unit.serial, queue: "HNOC Investigate" } as const;
    if (detail) forwards.schedule({ ...forward, detail }, minutesToPeople(unit, at), at);
  } else {
    tellCustomer(ticket, found, code);
  }
  if (isNew(code)) tellOfDarkSite(ticket, found);
  lookAfterModems(ticket, found, code);
  passOnLines(reported, found, forwards);
}

function isNew(code: Code): boolean {
  return code === null || code === 0;
}

function explain({ ticket, code }: Reported, { unit, type, at }: Found, forwards: Forwards): void {
  if (code === 409) return;
  if (code === 471) {
    const detail = detailOf(ticket, unit.serial);
    if (detail !== undefined) reopen(ticket, detail, at);
  }
  const kind = code === 471 || code === 472 ? "re-opening" : "triage";
  forwards.beginCycle(ticket, unit.serial);
  const links = Object.fromEntries(
    unit.edge.links.map((link) => [link.interface, unit.faulty.includes(link) ? "DISCONNECTED" : "STABLE"]),
  );
  const customerOwned = unit.faulty.some((link) => link.customerOwned);
  const text = explanation(kind, unit.serial, { outage: type, links });
  writeNote(ticket, { at, kind, serials: [unit.serial], customerOwned }, text);
}

/** 2 for an edge that is down, else 3; not lowered by a link while others work on the same ticket. */
function rank(ticket: ModelTicket, { unit, at }: Found, { countsTasks }: { countsTasks: boolean }): void {
  const target = unit.isDown ? 2 : 3;
  const openTasks = ticket.details.filter(({ status }) => status !== "R").length;
  if (target === 3 && countsTasks && openTasks > 1) return;
  if (ticket.severity !== target) setSeverity(ticket, target, at);
}

/** People get it unless nothing but circuits of the customer's own is down. */
function goesToPeople({ isDown, faulty }: Unit): boolean {
  return isDown || faulty.some(({ customerOwned }) => !customerOwned);
}

function tellCustomer(ticket: ModelTicket, { unit: { serial }, at }: Found, code: Code): void {
  if (code === 409) {
    const reference = cycleOf(ticket, serial).findLast(({ kind }) => kind === "reminder") ?? cycleOf(ticket, serial)[0];
    if (reference === undefined || at - reference.at <= REMINDER_MS) return;
    ticket.entries.push({ at, text: `mail to the customer about ${serial}: reminder` });
  } else {
    ticket.entries.push({ at, text: `mail to the customer about ${serial}: acknowledgement` });
  }
  writeNote(ticket, { at, kind: "reminder", serials: [serial] }, `reminder note on ${serial}`);
}

function tellOfDarkSite(ticket: ModelTicket, { unit: { edge, faulty, isDown, serial }, at }: Found): void {
  if (!isDown || faulty.length < edge.links.length) return;
  ticket.entries.push({ at, text: `mail to the customer about ${serial}: site down` });
}

/** A modem is rebooted once for a new outage; half an hour later somebody has to go there. */
function lookAfterModems(ticket: ModelTicket, { unit, at }: Found, code: Code): void {
  const modems = unit.faulty.filter(({ digi }) => digi);
  const { serial } = unit;
  const reboot = (name: string) => {
    ticket.entries.push({ at, text: `reboot of the modem at ${name} of ${serial}` });
    const note: ModelNote = { at, kind: "reboot", serials: [serial], interface: name };
    writeNote(ticket, note, `reboot note on ${serial}: ${name}`);
  };
  if (isNew(code) || code === 471) for (const { interface: name } of modems) reboot(name);
  if (code !== 409 || unit.isDown) return;
  for (const { interface: name } of modems) {
    const cycle = cycleOf(ticket, serial);
    const reboots = cycle.filter(({ kind }) => kind === "reboot");
    const own = reboots.filter((note) => note.interface === name).at(-1);
    if (reboots.length === 0) continue;
    if (own === undefined) reboot(name);
    else if (at - own.at >= REBOOT_GRACE_MS) sendSomebody(ticket, serial, at);
  }
}

function sendSomebody(ticket: ModelTicket, serial: string, at: number): void {
  const detail = detailOf(ticket, serial);
  const isSent = ticket.notes.some(({ kind }) => kind === "reboot-failed");
  if (detail === undefined || isSent) return;
  move(ticket, detail, { queue: WIRELESS, at });
  writeNote(ticket, { at, kind: "reboot-failed", serials: [] }, "reboot-failed note");
}

/** Tasks of lines go to the automation's own queue at once, and to a worker later. */
function passOnLines({ ticket, lines }: Reported, { unit, at }: Found, forwards: Forwards): void {
  for (const { detail, code } of lines) {
    if (detail === undefined) continue;
    if (code !== 409 && detail.queue !== IPA) move(ticket, detail, { queue: IPA, at });
    if (!goesToPeople(unit)) continue;
    const forward = { ticket, serial: unit.serial, detail, queue: "Dedicated Worker Queue" } as const;
    forwards.schedule(forward, minutesToWorker(unit, at), at);
  }
}

/** Notes about an edge since its ticket was re-opened last. */
export function cycleOf(ticket: ModelTicket, serial: string): ModelNote[] {
  const own = ticket.notes.filter(({ serials }) => serials.includes(serial));
  const last = own.findLastIndex(({ kind }) => kind === "re-opening");
  return last === -1 ? own : own.slice(last);
}
