import { type Chance, chanceOf } from "./chance.ts";
import type { EdgeFacts } from "./facts.ts";
import { type Incident, incidentOf, massOutageOf } from "./incidents.ts";
import { natsVictims, slips, type Victim, victims } from "./mishaps.ts";
import {
  type DayPlan,
  type DeskAction,
  type Kill,
  type Look,
  type Mishap,
  type PlannedEvent,
  personalActions,
} from "./planned-event.ts";

export interface DayOptions {
  readonly seed: number;
  readonly hours: number;
  /** Servers of NATS that die beside all else. @default 0 */
  readonly natsKills?: number;
}

/** In winter, midnight on the east coast. */
export const START = Date.parse("2026-01-14T05:00:00Z");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const TICK = 10 * MINUTE;
/** A site is left alone for so long after its trouble: what follows from it is then over. */
const REST = 45 * MINUTE;

/** Draws a day. The same fleet, seed and hours make the same day. */
export function planDay(edges: readonly EdgeFacts[], { seed, hours, natsKills = 0 }: DayOptions): DayPlan {
  const chance = chanceOf(seed);
  const end = START + hours * HOUR;
  const moments = momentSet(chance);
  const incidents = drawIncidents(edges, { chance, hours, end });
  const events: PlannedEvent[] = [
    ...incidents.flatMap(({ actions }) => actions).map((action) => ({ ...action, at: moments.near(action.at) })),
    ...incidents
      .flatMap((incident) => personalActionsAt(incident, chance))
      .map((action) => ({ ...action, at: moments.near(action.at) })),
    ...looks([...new Set(edges.map(({ host }) => host))], { chance, moments, end }),
    ...mishaps({ chance, moments, hours }),
    ...moreNatsKills(natsKills, { chance, moments, hours }),
  ];
  const ordered = events.filter(({ at }) => at < end).sort((one, other) => one.at - other.at);
  return { start: START, end, events: ordered };
}

/** Gives each thing a moment of its own, to the millisecond, so that the order of things is never in doubt. */
function momentSet(chance: Chance) {
  const taken = new Set<number>();
  const near = (moment: number): number => {
    const candidate = Math.floor(moment / SECOND) * SECOND + chance.integer(1, 999);
    if (taken.has(candidate)) return near(moment + SECOND);
    taken.add(candidate);
    return candidate;
  };
  return { near };
}

type Moments = ReturnType<typeof momentSet>;

interface Drawing {
  readonly chance: Chance;
  readonly hours: number;
  readonly end: number;
}

function drawIncidents(edges: readonly EdgeFacts[], { chance, hours, end }: Drawing): Incident[] {
  const busyUntil = new Map<number, number>();
  const serials = new Map(edges.map(({ id, serial, haSerial }) => [id, { serial, haSerial }]));
  const count = Math.max(12, Math.round((edges.length * hours) / 24 / 2.5));
  const starts = Array.from({ length: count }, () => START + chance.integer(2 * MINUTE, hours * HOUR - 30 * MINUTE));
  const known: EdgeFacts[] = [];
  const incidents: Incident[] = [];
  const isFree = ({ siteId }: EdgeFacts, at: number) => (busyUntil.get(siteId) ?? 0) < at;
  const keep = (incident: Incident, edge: EdgeFacts) => {
    incidents.push(incident);
    busyUntil.set(edge.siteId, incident.end + REST);
  };
  const massAt = START + chance.integer(HOUR / 2, Math.max(HOUR / 2, hours * HOUR - 2 * HOUR));
  let isMassDrawn = edges.length < 300;
  for (const at of starts.sort((one, other) => one - other)) {
    if (!isMassDrawn && at >= massAt) {
      isMassDrawn = true;
      const hit = edges.filter((edge) => edge.haSerial === null && isFree(edge, at)).slice(0, 40);
      for (const edge of onePerSite(hit)) keep(massOutageOf(edge, at, chance), edge);
    }
    // Some edges fail again and again: their tickets are re-opened, and given up.
    const edge = known.length > 3 && chance.percent(45) ? chance.pick(known) : chance.pick(edges);
    const present = serials.get(edge.id);
    if (present === undefined || !isFree(edge, at) || at >= end) continue;
    const incident = incidentOf(edge, { at, chance, ...present });
    serials.set(edge.id, incident.serials);
    known.push(edge);
    keep(incident, edge);
  }
  return incidents;
}

function onePerSite(edges: readonly EdgeFacts[]): EdgeFacts[] {
  return [...new Map(edges.map((edge) => [edge.siteId, edge])).values()];
}

function personalActionsAt({ begin, end, ticketSerial }: Incident, chance: Chance): DeskAction[] {
  if (!chance.percent(35)) return [];
  const at = chance.integer(begin + 8 * MINUTE, end + 20 * MINUTE);
  return [{ kind: chance.pick(personalActions), at, serial: ticketSerial }];
}

function looks(hosts: readonly string[], { chance, moments, end }: { chance: Chance; moments: Moments; end: number }) {
  const all: Look[] = [];
  for (let tick = START; tick < end - 6 * MINUTE; tick += TICK) {
    for (const host of hosts) {
      const away = chance.percent(4) ? { away: chance.pick(["velocloud", "bruin"] as const) } : {};
      all.push({ kind: "pass", at: moments.near(tick + chance.integer(0, 50) * SECOND), host, ...away });
      all.push({ kind: "triage", at: moments.near(tick + chance.integer(60, 110) * SECOND), host });
    }
  }
  return all;
}

interface MishapDrawing {
  readonly chance: Chance;
  readonly moments: Moments;
  readonly hours: number;
}

/** Drawn last: the rest of the day is the same without them. */
function moreNatsKills(count: number, drawing: MishapDrawing): Kill[] {
  return Array.from({ length: count }, () => drawKill(natsVictims, drawing));
}

function drawKill(candidates: readonly Victim[], { chance, moments, hours }: MishapDrawing): Kill {
  const during = chance.percent(65) ? "delayed work" : "a look";
  const at = moments.near(START + chance.integer(5 * MINUTE, hours * HOUR - 20 * MINUTE));
  return { kind: "kill", at, victim: chance.pick(candidates), during, afterMs: chance.integer(0, 100) };
}

function mishaps({ chance, moments, hours }: MishapDrawing) {
  const kills = Array.from({ length: Math.ceil(hours * 1.5) }, () => drawKill(victims, { chance, moments, hours }));
  // Several at once, as in a bad minute of a third party.
  const losses = Array.from({ length: hours }, () => START + chance.integer(5 * MINUTE, hours * HOUR - 20 * MINUTE));
  const slipAt = (at: number): Mishap => ({ kind: "slip", at: moments.near(at), slip: chance.pick(slips) });
  return [...kills, ...losses.flatMap((at) => [at, at, at].map(slipAt))];
}
