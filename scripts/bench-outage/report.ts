import { median, type ReadingCost } from "@trunkline/bench";
import type { PassCost } from "./pass-cost.ts";

/** What a size was measured to need: passes and the reading of the same replies, in turn. */
export interface SizeCosts {
  readonly edges: number;
  readonly hosts: number;
  /** Before anything was compiled; of it only stall and memory count. */
  readonly first: PassCost;
  readonly passes: readonly PassCost[];
  readonly bounds: readonly ReadingCost[];
}

export interface SizeFigures {
  readonly edges: number;
  readonly hosts: number;
  readonly pass_ms: number;
  readonly ms_per_edge: number;
  /** Processor time of the monitor's process, and of the bound's. */
  readonly pass_cpu_ms: number;
  readonly bound_ms: number;
  readonly bound_cpu_ms: number;
  readonly ratio: number;
  readonly cpu_ratio: number;
  readonly megabytes_read: number;
  readonly bridge_calls: number;
  readonly peak_rss_mb: number;
  readonly longest_stall_ms: number;
  readonly longest_own_stall_ms: number;
}

/** The goals that a pass has to meet, each with what was measured. */
export interface Goal {
  readonly what: string;
  readonly measured: number;
  readonly most: number;
}

export function figuresOf({ edges, hosts, first, passes, bounds }: SizeCosts): SizeFigures {
  const all = [first, ...passes];
  const passMs = median(passes.map(({ milliseconds }) => milliseconds));
  const ratioOf = (key: "milliseconds" | "cpuMilliseconds") =>
    // Round by round, which holds when the machine's speed drifts.
    median(passes.map((pass, round) => pass[key] / (bounds[round]?.[key] ?? Number.NaN)));
  return {
    edges,
    hosts,
    pass_ms: Math.round(passMs),
    ms_per_edge: rounded(passMs / edges, 4),
    pass_cpu_ms: Math.round(median(passes.map(({ cpuMilliseconds }) => cpuMilliseconds))),
    bound_ms: Math.round(median(bounds.map(({ milliseconds }) => milliseconds))),
    bound_cpu_ms: Math.round(median(bounds.map(({ cpuMilliseconds }) => cpuMilliseconds))),
    ratio: rounded(ratioOf("milliseconds"), 2),
    cpu_ratio: rounded(ratioOf("cpuMilliseconds"), 2),
    megabytes_read: rounded(median(bounds.map(({ bytes }) => bytes)) / 1e6, 1),
    bridge_calls: median(passes.map(({ calls }) => Object.values(calls).reduce((sum, count) => sum + count, 0))),
    peak_rss_mb: Math.round(Math.max(...all.map(({ peakMegabytes }) => peakMegabytes))),
    longest_stall_ms: Math.round(Math.max(...all.map(({ stallMs }) => stallMs))),
    longest_own_stall_ms: Math.round(Math.max(...all.map(({ ownStallMs }) => ownStallMs))),
  };
}

export function goalsOf(figures: readonly SizeFigures[]): Goal[] {
  const bySize = figures.toSorted((one, other) => one.edges - other.edges);
  const [least, most] = [bySize[0], bySize.at(-1)];
  if (least === undefined || most === undefined) return [];
  return [
    { what: "times the lower bound", measured: Math.max(...figures.map(({ ratio }) => ratio)), most: 3 },
    {
      what: `growth of the time per edge from ${count(least.edges)} to ${count(most.edges)} edges`,
      measured: rounded(most.ms_per_edge / least.ms_per_edge, 2),
      most: 1.3,
    },
    {
      what: "longest stall of the event loop, ms",
      measured: Math.max(...figures.map(({ longest_stall_ms }) => longest_stall_ms)),
      most: 200,
    },
    { what: `peak memory at ${count(most.edges)} edges, MB`, measured: most.peak_rss_mb, most: 1_024 },
  ];
}

export function tablesOf(figures: readonly SizeFigures[]): string {
  const rows = figures.map(
    (each) =>
      `| ${count(each.edges)} | ${each.hosts} | ${each.megabytes_read} | ${count(each.pass_ms)} | ${each.ms_per_edge} | ${each.bridge_calls} | ${each.peak_rss_mb} | ${each.longest_stall_ms} (${each.longest_own_stall_ms}) | ${count(each.bound_ms)} | ${each.ratio} | ${count(each.pass_cpu_ms)} : ${count(each.bound_cpu_ms)} = ${each.cpu_ratio} |`,
  );
  const goals = goalsOf(figures).map(
    ({ what, measured, most }) => `| ${what} | ${measured} | ${most} | ${measured <= most ? "yes" : "no"} |`,
  );
  return [
    "| edges | hosts | read, MB | pass, ms | ms per edge | calls | peak memory, MB | longest stall, ms (own) | bound, ms | ratio | processor time, ms |",
    "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ...rows,
    "",
    "| goal | measured | at most | met |",
    "|---|---:|---:|---|",
    ...goals,
  ].join("\n");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
