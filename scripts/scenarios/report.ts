import { relative } from "node:path";
import { styleText } from "node:util";
import type { Outcome, Scenario } from "@trunkline/scenarios";
import type { Tally } from "../test/tally.ts";

export interface Played {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
}

/** One line, and below it what differs. */
export function outcomeText(scenario: Scenario, outcome: Outcome): string {
  const title = `${placeOf(scenario)}  ${scenario.name}`;
  switch (outcome.state) {
    case "passed":
      return `${styleText("green", "✓")} ${title}`;
    case "skipped":
      return `${styleText("yellow", "-")} ${title}: skipped, ${outcome.reason}`;
    case "failed":
      return [`${styleText("red", `✗ ${title}`)}`, ...outcome.problems.map(indented)].join("\n");
  }
}

export function tallyOf(played: readonly Played[]): Tally {
  const named = ({ scenario }: Played) => `${placeOf(scenario)} ${scenario.name}`;
  const skipped = played.flatMap((each) =>
    each.outcome.state === "skipped" ? [{ name: named(each), reason: each.outcome.reason }] : [],
  );
  return {
    passed: played.filter(({ outcome }) => outcome.state === "passed").length,
    failed: played.filter(({ outcome }) => outcome.state === "failed").map(named),
    skipped,
  };
}

function placeOf({ file, line }: Scenario): string {
  return `${relative(process.cwd(), file)}:${line}`;
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
