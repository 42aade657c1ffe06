import type { Chance } from "./chance.ts";
import type { EdgeFacts, LinkFacts } from "./facts.ts";
import type { NetworkAction } from "./planned-event.ts";

/** A trouble of one edge, from its beginning until all is well again. */
export interface Incident {
  readonly begin: number;
  readonly end: number;
  readonly actions: readonly NetworkAction[];
  /** The serial that a ticket would be about. */
  readonly ticketSerial: string;
  /** Afterwards: a pair may have changed places. */
  readonly serials: Serials;
}

interface Serials {
  readonly serial: string;
  readonly haSerial: string | null;
}

interface Occasion extends Serials {
  readonly at: number;
  readonly chance: Chance;
}

const MINUTE = 60_000;
type Step = Omit<NetworkAction, "at" | "edge"> & { readonly minute: number };

/** Draws what befalls an edge. Minutes are fractions, so that nothing falls into step with the looks. */
export function incidentOf(edge: EdgeFacts, { at, chance, serial, haSerial }: Occasion): Incident {
  const within = (low: number, high: number) => chance.integer(low * 60, high * 60) / 60;
  const steps = haSerial !== null && chance.percent(50) ? pairSteps(chance, within) : edgeSteps(edge, chance, within);
  const swaps = steps.some(({ kind }) => kind === "failover");
  const actions = steps.map(({ minute, ...step }) => ({ ...step, at: at + minute * MINUTE, edge: edge.id }));
  return {
    begin: at,
    end: Math.max(...actions.map((action) => action.at)),
    actions,
    ticketSerial: steps.every(({ kind }) => !kind.endsWith("standby")) ? serial : (haSerial ?? serial),
    serials: swaps ? { serial: haSerial ?? serial, haSerial: serial } : { serial, haSerial },
  };
}

/** One of many that go dark together. */
export function massOutageOf({ id, serial, haSerial }: EdgeFacts, at: number, chance: Chance): Incident {
  const begin = at + chance.integer(0, 20_000);
  const end = at + 25 * MINUTE + chance.integer(0, 20_000);
  const actions = [
    { kind: "fail-edge", at: begin, edge: id },
    { kind: "heal-edge", at: end, edge: id },
  ] as const;
  return { begin, end, actions, ticketSerial: serial, serials: { serial, haSerial } };
}

type Within = (low: number, high: number) => number;

function edgeSteps({ links }: EdgeFacts, chance: Chance, within: Within): Step[] {
  const first = chance.pick(links);
  const second = links.find((link) => link !== first);
  const kind = chance.integer(1, 100);
  if (kind <= 12) return linkDown(first, 0, within(0.5, 8));
  if (kind <= 50) return linkDown(first, 0, within(12, 150));
  if (kind <= 56) return linkDown(first, 0, within(240, 330));
  if (kind <= 66 && second)
    return [...linkDown(first, 0, within(20, 90)), ...linkDown(second, within(1, 15), within(25, 80))];
  if (kind <= 74) return [...linkDown(first, 0, within(60, 100)), ...edgeDown(within(5, 25), within(30, 55))];
  if (kind <= 80) return edgeDown(0, within(0.5, 8));
  return edgeDown(0, within(10, 110));
}

function pairSteps(chance: Chance, within: Within): Step[] {
  const kind = chance.integer(1, 4);
  if (kind === 1) return edgeDown(0, within(5, 80));
  if (kind === 2)
    return [
      { kind: "fail-standby", minute: 0 },
      { kind: "heal-edge", minute: within(5, 70) },
    ];
  const takenOver = within(0.5, 25);
  return [
    { kind: "fail-unit", minute: 0 },
    { kind: "failover", minute: takenOver },
    { kind: "heal-edge", minute: takenOver + within(5, 60) },
  ];
}

function linkDown({ interface: name }: LinkFacts, from: number, to: number): Step[] {
  return [
    { kind: "fail-link", interface: name, minute: from },
    { kind: "heal-link", interface: name, minute: to },
  ];
}

function edgeDown(from: number, to: number): Step[] {
  return [
    { kind: "fail-edge", minute: from },
    { kind: "heal-edge", minute: to },
  ];
}
