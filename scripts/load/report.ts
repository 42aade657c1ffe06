import type { Gauges } from "./gauges.ts";
import type { Tally } from "./tally.ts";

/** What the run showed of one bridge. */
export interface Result {
  readonly name: string;
  readonly tally: Tally;
  readonly seen: readonly Gauges[];
  /** Requests that the bridge did not answer because their deadline had passed; it counts them. */
  readonly dropped: number;
  /** Bytes that it kept once garbage was collected: early in the run, and at its end. */
  readonly kept: readonly [early: number | undefined, end: number | undefined];
  /** Whether its process was there and ready at the end. */
  readonly lives: boolean;
  readonly grows: boolean;
}

/** @returns requests that nobody can tell the fate of */
function lostOf({ tally, dropped }: Result): number {
  return Math.max(0, tally.unanswered - dropped);
}

/**
 * @param isSlow whether the load generator itself was so slow that a late reply may be its own fault
 * @returns in words, what must not have happened
 */
export function failuresOf(result: Result, isSlow: boolean): string[] {
  const { name, tally, lives, grows } = result;
  const lost = lostOf(result);
  return [
    ...(lost > 0 ? [`${name}: ${lost} of ${tally.sent} requests have no reply, and their deadline was not why`] : []),
    ...(tally.late > 0 && !isSlow ? [`${name}: ${tally.late} of ${tally.sent} replies came after the deadline`] : []),
    ...(lives ? [] : [`${name}: it is gone, or not ready`]),
    ...(grows ? [`${name}: its memory grows`] : []),
  ];
}

const CLASSES = ["2xx", "4xx", "5xx"];
const HEAD = [
  "bridge",
  "sent",
  "answered",
  ...CLASSES,
  "expired",
  "late",
  "lost",
  "p50",
  "p99",
  "max",
  "CPU ms each",
  "kept MiB",
  "RSS MiB",
  "delay p99",
  "max",
];

export function tableOf(results: readonly Result[]): string {
  const rows = results.map((result) => cellsOf(result).map(String));
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [HEAD, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .join("\n");
}

function cellsOf(result: Result): (string | number)[] {
  const { sent, answered, late, classes } = result.tally;
  const { cpu, kept, rss, delayP99, delayMax } = gaugesOf(result);
  return [
    result.name,
    sent,
    answered,
    ...CLASSES.map((each) => classes.get(each) ?? 0),
    result.dropped,
    late,
    lostOf(result),
    ...[0.5, 0.99, 1].map((share) => result.tally.percentile(share)),
    cpu,
    kept.join(" → "),
    rss.join(" → "),
    delayP99,
    delayMax,
  ];
}

/**
 * Processor time per request in milliseconds; memory in mebibytes, at the start, the most, and at the end; delays of
 * the event loop, the worst second's, in milliseconds.
 */
function gaugesOf({ tally, seen, kept }: Result) {
  const mebibytes = (bytes = 0) => Math.round(bytes / 1024 ** 2);
  const most = Math.max(0, ...seen.map(({ rss }) => rss));
  const worst = (pick: (gauges: Gauges) => number) => Math.round(Math.max(0, ...seen.map(pick)));
  const cpu = ((seen.at(-1)?.cpu ?? 0) - (seen[0]?.cpu ?? 0)) / Math.max(1, tally.sent);
  return {
    cpu: Math.round(cpu * 10) / 10,
    kept: kept.map(mebibytes),
    rss: [seen[0]?.rss, most, seen.at(-1)?.rss].map(mebibytes),
    delayP99: worst(({ delayP99 }) => delayP99),
    delayMax: worst(({ delayMax }) => delayMax),
  };
}

/** The run as one line of JSON: latencies and delays in milliseconds, memory in mebibytes. */
export function summaryOf(results: readonly Result[], run: object): object {
  const bridges = results.map((result) => {
    const { name, tally, dropped } = result;
    const { sent, answered, late, classes } = tally;
    const latency = { p50: tally.percentile(0.5), p99: tally.percentile(0.99), max: tally.percentile(1) };
    const counts = { sent, answered, expired: dropped, late, lost: lostOf(result), ...Object.fromEntries(classes) };
    return [name, { ...counts, ...latency, ...gaugesOf(result) }] as const;
  });
  return { ...run, bridges: Object.fromEntries(bridges) };
}
