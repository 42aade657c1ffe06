import type { Gauges } from "./gauges.ts";
import type { Tally } from "./tally.ts";

/** What the run showed of one bridge. */
export interface Result {
  readonly name: string;
  readonly tally: Tally;
  readonly seen: readonly Gauges[];
  /** Whether its process was there and ready at the end. */
  readonly lives: boolean;
  readonly grows: boolean;
}

/** @returns in words, what must not have happened */
export function failuresOf({ name, tally, lives, grows }: Result): string[] {
  const missing = tally.sent - tally.answered;
  return [
    ...(missing > 0 ? [`${name}: ${missing} of ${tally.sent} requests have no reply with an integer status`] : []),
    ...(lives ? [] : [`${name}: it is gone, or not ready`]),
    ...(grows ? [`${name}: its memory grows`] : []),
  ];
}

const CLASSES = ["2xx", "4xx", "5xx"];

export function tableOf(results: readonly Result[]): string {
  const head = [
    "bridge",
    "sent",
    "answered",
    ...CLASSES,
    "p50",
    "p99",
    "max",
    "heap MiB",
    "RSS MiB",
    "delay p99",
    "max",
  ];
  const rows = results.map((result) => cellsOf(result).map(String));
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .join("\n");
}

function cellsOf({ name, tally, seen }: Result): (string | number)[] {
  const { sent, answered, classes } = tally;
  const { heap, rss, delayP99, delayMax } = gaugesOf(seen);
  return [
    name,
    sent,
    answered,
    ...CLASSES.map((each) => classes.get(each) ?? 0),
    ...[0.5, 0.99, 1].map((share) => tally.percentile(share)),
    heap.join(" → "),
    rss.join(" → "),
    delayP99,
    delayMax,
  ];
}

/** Memory at the start and at the end in mebibytes; delays of the event loop, the worst second's, in milliseconds. */
function gaugesOf(seen: readonly Gauges[]) {
  const mebibytes = (pick: (gauges: Gauges) => number) =>
    [seen[0], seen.at(-1)].map((gauges) => (gauges === undefined ? 0 : Math.round(pick(gauges) / 1024 ** 2)));
  const worst = (pick: (gauges: Gauges) => number) => Math.round(Math.max(0, ...seen.map(pick)));
  return {
    heap: mebibytes(({ heap }) => heap),
    rss: mebibytes(({ rss }) => rss),
    delayP99: worst(({ delayP99 }) => delayP99),
    delayMax: worst(({ delayMax }) => delayMax),
  };
}

/** The run as one line of JSON: latencies and delays in milliseconds, memory in mebibytes. */
export function summaryOf(results: readonly Result[], run: object): object {
  const bridges = results.map((result) => {
    const { name, tally, seen } = result;
    const { sent, answered, classes } = tally;
    const latency = { p50: tally.percentile(0.5), p99: tally.percentile(0.99), max: tally.percentile(1) };
    return [name, { sent, answered, ...Object.fromEntries(classes), ...latency, ...gaugesOf(seen) }] as const;
  });
  return { ...run, bridges: Object.fromEntries(bridges) };
}
