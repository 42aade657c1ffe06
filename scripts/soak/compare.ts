import type { EdgeFacts } from "./facts.ts";
import type { DayPlan } from "./planned-event.ts";
import type { Entry, TicketStory } from "./story.ts";

/** How what is differs from what should be, for one ticket. */
export interface Difference {
  readonly serial: string;
  readonly openedAt: number;
  /** Should be there and is not. */
  readonly missing: readonly string[];
  /** Is there and should not be, or more often than it should. */
  readonly surplus: readonly string[];
}

/** Compares two sets of tickets, entry by entry and to the millisecond; the order within a moment is free. */
export function differencesOf(expected: readonly TicketStory[], found: readonly TicketStory[]): Difference[] {
  const keys = new Set([...expected, ...found].map(keyOf));
  return [...keys].flatMap((key) => {
    const should = expected.filter((story) => keyOf(story) === key);
    const is = found.filter((story) => keyOf(story) === key);
    const missing = [...linesOf(should)];
    const surplus: string[] = [];
    for (const line of linesOf(is)) {
      const place = missing.indexOf(line);
      if (place === -1) surplus.push(line);
      else missing.splice(place, 1);
    }
    const [one] = [...should, ...is];
    if (one === undefined || missing.length + surplus.length === 0) return [];
    return [{ serial: one.serial, openedAt: one.openedAt, missing, surplus }];
  });
}

function keyOf({ serial, openedAt }: TicketStory): string {
  return `${serial} ${openedAt}`;
}

function linesOf(stories: readonly TicketStory[]): string[] {
  return stories.flatMap((story) => [
    `ticket of ${story.serial}, severity ${story.severity}, ${story.status}`,
    ...story.entries.toSorted((one, other) => one.at - other.at).map(lineOf),
  ]);
}

function lineOf({ at, text }: Entry): string {
  return `${timeOf(at)} ${text}`;
}

/** For a person: what differs, and what happened to the edge. */
export function explainDifference({ serial, openedAt, missing, surplus }: Difference, day: Day): string {
  const edge = day.edges.find((each) => each.serial === serial || each.haSerial === serial);
  const happened = day.plan.events.filter((event) => {
    return ("edge" in event && event.edge === edge?.id) || ("serial" in event && event.serial === serial);
  });
  const ticket = day.found.find((story) => story.serial === serial && story.openedAt === openedAt);
  return [
    `ticket of ${serial}, opened ${timeOf(openedAt)} (edge ${edge?.name} on ${edge?.host})`,
    ...missing.map((line) => `  - expected, not found: ${line}`),
    ...surplus.map((line) => `  + found, not expected: ${line}`),
    "  what happened to the edge:",
    ...happened.map(
      ({ at, kind, ...rest }) => `      ${timeOf(at)} ${kind} ${"interface" in rest ? rest.interface : ""}`,
    ),
    "  what was found:",
    ...(ticket === undefined ? ["      no such ticket"] : linesOf([ticket]).map((line) => `      ${line}`)),
  ].join("\n");
}

export interface Day {
  readonly edges: readonly EdgeFacts[];
  readonly plan: DayPlan;
  readonly found: readonly TicketStory[];
}

/** UTC. */
function timeOf(at: number): string {
  return new Date(at).toISOString().slice(5, 23).replace("T", " ");
}
