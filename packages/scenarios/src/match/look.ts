import type { Expectations, ExpectedJobChange, ExpectedMetric, ExpectedRead } from "../format/expectations.ts";
import { durationText } from "../format/moment.ts";
import type { Growth } from "../stage/counters.ts";
import type { Effect, JobChange, Read } from "../stage/recorder.ts";
import { effectProblems } from "./effects.ts";
import { differences, shown } from "./pattern.ts";

/** What a service was seen to do. */
export interface Seen {
  readonly effects: readonly Effect[];
  readonly reads: readonly Read[];
  /** Of the kinds that the service names. */
  readonly jobs: readonly JobChange[];
  readonly growths: readonly Growth[];
}

/** How what was seen differs from what is expected, in lines; empty when it does not. */
export function problemsOf(expected: Expectations, seen: Seen): string[] {
  return [
    ...effectProblems(expected.effects, seen.effects),
    ...(expected.jobs === undefined ? [] : setProblems(jobs, expected.jobs, seen.jobs)),
    ...(expected.metrics === undefined ? [] : setProblems(metrics, expected.metrics, seen.growths)),
    ...readProblems(expected.reads, seen.reads),
  ];
}

/** Things that happen in no order that matters. */
interface Kind<Expected, Item> {
  readonly name: string;
  isLike(expected: Expected, item: Item): boolean;
  /** As a scenario says it. */
  words(expected: Expected): unknown;
  wordsFor(item: Item): unknown;
}

const jobs: Kind<ExpectedJobChange, JobChange> = {
  name: "jobs",
  isLike: (expected, item) => {
    const wanted = expected.scheduled ?? expected.cancelled;
    if (wanted === undefined || item.change !== (expected.scheduled ? "scheduled" : "cancelled")) return false;
    if (item.kind !== wanted.kind || !isLike(wanted.key, item.key)) return false;
    if (item.change === "cancelled" || expected.scheduled === undefined) return true;
    const { in: dueIn, data } = expected.scheduled;
    return (dueIn === undefined || dueIn === item.dueInMs) && isLike(data, item.data);
  },
  words: ({ scheduled, cancelled }) => {
    if (scheduled?.in === undefined) return { scheduled, cancelled };
    return { scheduled: { ...scheduled, in: durationText(scheduled.in) } };
  },
  wordsFor: (item) => {
    const { kind, key } = item;
    if (item.change === "cancelled") return { cancelled: { kind, key } };
    return { scheduled: { kind, key, in: durationText(item.dueInMs), data: item.data } };
  },
};

const metrics: Kind<ExpectedMetric, Growth> = {
  name: "metrics",
  isLike: (expected, { name, labels }) => {
    const [[wanted, pattern] = ["", {}]] = Object.entries(expected);
    return wanted === name && isLike(pattern, labels);
  },
  words: (expected) => expected,
  wordsFor: ({ name, labels }) => ({ [name]: labels }),
};

function isLike(pattern: unknown, value: unknown): boolean {
  return pattern === undefined || differences(pattern, value).length === 0;
}

/** Each exactly once. */
function setProblems<Expected, Item>(
  kind: Kind<Expected, Item>,
  expected: readonly Expected[],
  items: readonly Item[],
): string[] {
  const left = [...items];
  const missing = expected.filter((each) => {
    const index = left.findIndex((item) => kind.isLike(each, item));
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  if (missing.length + left.length === 0) return [];
  return [
    `${kind.name} (- expected, + happened):`,
    ...missing.map((each) => `  - ${shown(kind.words(each))}`),
    ...left.map((item) => `  + ${shown(kind.wordsFor(item))}`),
  ];
}

function readProblems(expected: Expectations["reads"], reads: readonly Read[]): string[] {
  if (expected === undefined) return [];
  const found = (wanted: ExpectedRead) => {
    const [[subject, pattern] = ["", undefined]] =
      typeof wanted === "string" ? [[wanted, undefined] as const] : Object.entries(wanted);
    return reads.some((read) => read.subject === subject && isLike(pattern, read.body));
  };
  const problems = [
    ...expected.includes.filter((wanted) => !found(wanted)).map((wanted) => `  - ${shown(wanted)}`),
    ...expected.excludes.filter(found).map((unwanted) => `  + ${shown(unwanted)}, which was to be left out`),
  ];
  if (problems.length === 0) return [];
  return ["reads (- expected, + happened):", ...problems, ...reads.map((read) => `    there was ${shown(read)}`)];
}
