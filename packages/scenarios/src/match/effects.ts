import type { ExpectedEffect } from "../format/expectations.ts";
import type { Effect } from "../stage/recorder.ts";
import { differences, shown } from "./pattern.ts";

/** Writes and notifications against those expected; empty when they are alike, in content and order. */
export function effectProblems(expected: readonly ExpectedEffect[], actual: readonly Effect[]): string[] {
  const groups = expected.map(groupOf);
  if (isAsExpected(groups, actual)) return [];
  return ["effects (- expected, + happened, ~ differs):", ...comparison(inOrderOf(actual, groups), actual)];
}

interface Expectation {
  readonly subject: string;
  readonly withheld: boolean;
  readonly pattern: unknown;
}

function groupOf(item: ExpectedEffect): Expectation[] {
  if ("anyOrder" in item) return (item.anyOrder as ExpectedEffect[]).flatMap(groupOf);
  const withheld = "withheld" in item;
  const [[subject, pattern] = ["", undefined]] = Object.entries(withheld ? (item.withheld as object) : item);
  return [{ subject, withheld, pattern }];
}

function isAsExpected(groups: readonly Expectation[][], actual: readonly Effect[]): boolean {
  let position = 0;
  for (const group of groups) {
    if (!isSomeOrder(group, actual.slice(position, position + group.length))) return false;
    position += group.length;
  }
  return position === actual.length;
}

function isSomeOrder(group: readonly Expectation[], effects: readonly Effect[]): boolean {
  const [first, ...others] = group;
  if (first === undefined) return effects.length === 0;
  return effects.some((effect, index) => isLike(first, effect) && isSomeOrder(others, effects.toSpliced(index, 1)));
}

function isLike(expectation: Expectation, effect: Effect): boolean {
  return isSameKind(expectation, effect) && differences(expectation.pattern, effect.body).length === 0;
}

function isSameKind(expectation: Expectation, effect: Effect): boolean {
  return expectation.subject === effect.subject && expectation.withheld === effect.withheld;
}

/** What may come in any order, in the order in which it came. */
function inOrderOf(actual: readonly Effect[], groups: readonly Expectation[][]): Expectation[] {
  const taken = new Set<number>();
  return groups.flatMap((group) => {
    if (group.length === 1) return group;
    const placed = group.map((expectation) => {
      const free = (matches: typeof isLike) =>
        actual.findIndex((effect, index) => !taken.has(index) && matches(expectation, effect));
      const like = free(isLike);
      const index = like >= 0 ? like : free(isSameKind);
      taken.add(index);
      return { expectation, index: index < 0 ? actual.length : index };
    });
    return placed.sort((one, other) => one.index - other.index).map(({ expectation }) => expectation);
  });
}

/** Both lists side by side, where they agree as often as possible. */
function comparison(expected: readonly Expectation[], actual: readonly Effect[]): string[] {
  const score = alignment(expected, actual);
  const lines: string[] = [];
  let [left, right] = [0, 0];
  while (left < expected.length || right < actual.length) {
    const [wanted, effect] = [expected[left], actual[right]];
    const gain = (up: number, along: number) => score[left + up]?.[right + along] ?? -1;
    if (
      wanted !== undefined &&
      effect !== undefined &&
      gain(1, 1) + likeness(wanted, effect) >= Math.max(gain(1, 0), gain(0, 1)) &&
      likeness(wanted, effect) > 0
    ) {
      lines.push(...paired(wanted, effect));
      left += 1;
      right += 1;
    } else if (effect === undefined || (wanted !== undefined && gain(1, 0) >= gain(0, 1))) {
      if (wanted !== undefined) lines.push(`- ${title(wanted)} ${shown(wanted.pattern)}`);
      left += 1;
    } else {
      lines.push(`+ ${title(effect)} ${shown(effect.body)}`);
      right += 1;
    }
  }
  return lines.flatMap((line) => line.split("\n")).map((line) => `  ${line}`);
}

function paired(wanted: Expectation, effect: Effect): string[] {
  const found = differences(wanted.pattern, effect.body);
  if (found.length === 0) return [`  ${title(wanted)}`];
  return [`~ ${title(wanted)}`, ...found.flatMap((line) => line.trimEnd().split("\n")).map((line) => `    ${line}`)];
}

/** The longest common subsequence, of what remains from each position on. */
function alignment(expected: readonly Expectation[], actual: readonly Effect[]): number[][] {
  const score = Array.from({ length: expected.length + 1 }, () => Array<number>(actual.length + 1).fill(0));
  for (let left = expected.length - 1; left >= 0; left -= 1) {
    for (let right = actual.length - 1; right >= 0; right -= 1) {
      const at = (up: number, along: number) => score[left + up]?.[right + along] ?? 0;
      const both = at(1, 1) + likeness(expected[left] as Expectation, actual[right] as Effect);
      (score[left] as number[])[right] = Math.max(both, at(1, 0), at(0, 1));
    }
  }
  return score;
}

/** The same subject is some likeness already: then one sees what differs. */
function likeness(expectation: Expectation, effect: Effect): number {
  if (!isSameKind(expectation, effect)) return 0;
  return differences(expectation.pattern, effect.body).length === 0 ? 3 : 1;
}

function title({ subject, withheld }: { readonly subject: string; readonly withheld: boolean }): string {
  return withheld ? `withheld: ${subject}` : subject;
}
