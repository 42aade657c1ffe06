import type { Link, LinkTrouble } from "./model.ts";

/** A direction: sent by the edge (`Tx`), or received (`Rx`). */
const directions = ["Rx", "Tx"] as const;

/** What adds up over time. */
const amounts = [
  "bytes",
  "packets",
  "p1Bytes",
  "p1Packets",
  "p2Bytes",
  "p2Packets",
  "p3Bytes",
  "p3Packets",
  "controlBytes",
  "controlPackets",
] as const;

/** What is measured again and again. */
const levels = ["bestBwKbps", "bestJitterMs", "bestLatencyMs", "bestLossPct", "bpsOfBestPath", "score"] as const;

type Direction = (typeof directions)[number];
type Amount = `${(typeof amounts)[number]}${Direction}` | "totalBytes" | "totalPackets";
type Level = `${(typeof levels)[number]}${Direction}` | "signalStrength";

/** A metric of a link as an Orchestrator calls it: `bytesRx`, `bestLatencyMsTx`, ... */
export type LinkMetric = Amount | Level;

export const linkMetrics: readonly LinkMetric[] = [
  ...directions.flatMap((direction) => amounts.map((name) => `${name}${direction}` as const)),
  "totalBytes",
  "totalPackets",
  ...directions.flatMap((direction) => levels.map((name) => `${name}${direction}` as const)),
  "signalStrength",
];

const levelNames = new Set<string>([
  ...directions.flatMap((direction) => levels.map((name) => `${name}${direction}`)),
  "signalStrength",
]);

export type Measurement = Readonly<Record<LinkMetric, number>>;

/** How far apart an Orchestrator's values are. */
export const TICK_MS = 300_000;
/** Long intervals are looked at so often and no more. */
const MOST_LOOKS = 36;

/**
 * What an Orchestrator measured of a link from a moment on for so many milliseconds. It follows from the line (its kind
 * and its id), the hour and the link's trouble, so that asking twice gives the same. A dead link has nothing but zeros.
 */
export function measure(link: Link, from: Date, milliseconds = TICK_MS): Measurement {
  const measured = {} as Record<LinkMetric, number>;
  const alive = isAlive(link, from, milliseconds);
  for (const metric of linkMetrics) measured[metric] = 0;
  if (!alive) return measured;
  for (const direction of directions) {
    Object.assign(measured, measureDirection(link, direction, { from, milliseconds }));
  }
  measured.totalBytes = measured.bytesRx + measured.bytesTx;
  measured.totalPackets = measured.packetsRx + measured.packetsTx;
  measured.signalStrength = link.type === "WIRELESS" ? 4 : 0;
  return measured;
}

/** Amounts of a whole interval, and the averages of everything else. */
export function measureInterval(link: Link, start: Date, end: Date): Measurement {
  const length = Math.max(0, end.getTime() - start.getTime());
  const looks = Math.max(1, Math.min(MOST_LOOKS, Math.round(length / TICK_MS)));
  const sum = {} as Record<LinkMetric, number>;
  for (const metric of linkMetrics) sum[metric] = 0;
  for (let look = 0; look < looks; look++) {
    const measured = measure(link, new Date(start.getTime() + (look * length) / looks), length / looks);
    for (const metric of linkMetrics) sum[metric] += measured[metric];
  }
  for (const metric of linkMetrics) {
    if (levelNames.has(metric))
      sum[metric] = isWhole(metric) ? Math.round(sum[metric] / looks) : hundredths(sum[metric] / looks);
  }
  return sum;
}

function measureDirection(
  link: Link,
  direction: Direction,
  { from, milliseconds }: { from: Date; milliseconds: number },
) {
  const wobble = noise(link.id * 2 + (direction === "Rx" ? 0 : 1), Math.floor(from.getTime() / TICK_MS));
  const hasTrouble = link.trouble !== null && link.trouble.since.getTime() < from.getTime() + milliseconds;
  const trouble: Partial<LinkTrouble> = hasTrouble ? (link.trouble ?? {}) : {};
  const capacity = capacityOf(link, direction);
  const used = trouble.usedPct ?? 3 + 22 * daylight(from) + 10 * wobble;
  const bytes = Math.round(((capacity * used) / 100) * (milliseconds / 8_000));
  const packets = Math.round(bytes / 640);
  const control = Math.round(milliseconds / 10);
  const loss = trouble.lossPct ?? wobble / 20;
  return {
    [`bytes${direction}`]: bytes,
    [`packets${direction}`]: packets,
    ...classes(direction, bytes, packets),
    [`controlBytes${direction}`]: control,
    [`controlPackets${direction}`]: Math.round(control / 100),
    [`bestBwKbps${direction}`]: Math.round(capacity / 1_000),
    [`bpsOfBestPath${direction}`]: capacity,
    [`bestJitterMs${direction}`]: hundredths(trouble.jitterMs ?? 2 * wobble),
    [`bestLatencyMs${direction}`]: hundredths(trouble.latencyMs ?? (link.type === "WIRELESS" ? 42 : 11) + 8 * wobble),
    [`bestLossPct${direction}`]: hundredths(loss),
    [`score${direction}`]: loss > 1 || (trouble.latencyMs ?? 0) > 100 ? 2.8 : 4.4,
  };
}

/** Traffic by priority. */
function classes(direction: Direction, bytes: number, packets: number) {
  return Object.fromEntries(
    [0.2, 0.5, 0.3].flatMap((share, index) => [
      [`p${index + 1}Bytes${direction}`, Math.round(bytes * share)],
      [`p${index + 1}Packets${direction}`, Math.round(packets * share)],
    ]),
  );
}

/** Bits per second that the line can carry. */
function capacityOf({ type, id }: Link, direction: Direction): number {
  const size = 1 + (id % 3);
  if (type === "WIRELESS") return (direction === "Rx" ? 20_000_000 : 8_000_000) * size;
  return (direction === "Rx" ? 50_000_000 : 20_000_000) * size;
}

/** Only when the link's present state began is known, so that before that it counts as alive. */
function isAlive({ state, since }: Link, from: Date, milliseconds: number): boolean {
  return state === "STABLE" || since.getTime() >= from.getTime() + milliseconds / 2;
}

function isWhole(metric: LinkMetric): boolean {
  return metric.startsWith("bpsOfBestPath") || metric.startsWith("bestBwKbps");
}

/** 0 at night, 1 in the early afternoon, in the east of the United States. */
function daylight(moment: Date): number {
  const hours = moment.getUTCHours() + moment.getUTCMinutes() / 60;
  return (1 + Math.cos(((hours - 18) / 12) * Math.PI)) / 2;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** From 0 to 1, always the same for the same two numbers. */
export function noise(id: number, tick: number): number {
  let mixed = Math.imul(id ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(tick, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}
