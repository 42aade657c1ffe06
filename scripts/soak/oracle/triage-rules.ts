import { explanation } from "../story.ts";
import { type BruinModel, isOpen, type ModelTicket, writeNote } from "./bruin-model.ts";
import type { NetworkModel, Unit } from "./network-model.ts";
import { verdictOn } from "./outage-rules.ts";

const LAST_NOTE_MS = 3_600_000;
const LOOK_BACK_MS = 86_400_000;

interface Scene {
  readonly bruin: BruinModel;
  readonly network: NetworkModel;
}

/** What a look at the open tickets must write: a first explanation, and what has happened since the last. */
export function triageTickets({ bruin, network }: Scene, { unit, at }: { unit: Unit; at: number }): void {
  for (const ticket of bruin.tickets.filter(isOpen)) {
    const detail = ticket.details.find(({ serviceNumber }) => serviceNumber === unit.serial);
    if (detail?.status !== "I") continue;
    const told = ticket.notes.filter(
      ({ kind, serials }) => (kind === "triage" || kind === "events") && serials.includes(unit.serial),
    );
    const last = told.at(-1);
    if (last === undefined) explainFirst(ticket, { network, unit, at });
    else if (at - last.at > LAST_NOTE_MS) writeEvents(ticket, { network, unit, at, since: last.at });
  }
}

interface Occasion {
  readonly network: NetworkModel;
  readonly unit: Unit;
  readonly at: number;
}

function explainFirst(ticket: ModelTicket, { network, unit, at }: Occasion): void {
  const verdict = verdictOn(unit);
  if (verdict.kind === "other") return;
  if (verdict.kind === "healthy") {
    writeEvents(ticket, { network, unit, at, since: at - LOOK_BACK_MS });
    return;
  }
  const links = Object.fromEntries(
    unit.edge.links.map((link) => [link.interface, unit.faulty.includes(link) ? "DISCONNECTED" : "STABLE"]),
  );
  const customerOwned = unit.faulty.some((link) => link.customerOwned);
  const text = explanation("triage", unit.serial, { outage: verdict.type, links });
  writeNote(ticket, { at, kind: "triage", serials: [unit.serial], customerOwned }, text);
}

function writeEvents(ticket: ModelTicket, { network, unit, at, since }: Occasion & { since: number }): void {
  const events = network.eventsOf(unit.edge.id, since, at);
  if (events.length === 0) return;
  writeNote(ticket, { at, kind: "events", serials: [unit.serial] }, `${events.length} events on ${unit.serial}`);
}
