import { validateDetailed } from "node-cron";
import { InvalidSchedule } from "../errors.ts";

export interface Cron {
  readonly expression: string;
  /** Undefined for the service's own zone. Intervals run in UTC, where no hour is ever left out or repeated. */
  readonly timezone: "UTC" | undefined;
  /** Milliseconds between ticks; undefined where a cron expression does not say. */
  readonly intervalMs: number | undefined;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Every interval that cron can keep evenly, in seconds: parts of a minute in whole seconds, of an hour in whole
 * minutes, of a day in whole hours. Replicas agree on its ticks because they follow the wall clock.
 */
const INTERVALS = [...partsOf(MINUTE, 1), ...partsOf(HOUR, MINUTE), ...partsOf(DAY, HOUR), DAY];

/**
 * Reads how often a schedule runs: seconds between runs, or a cron expression of five or six fields.
 *
 * @throws InvalidSchedule for an interval that cron cannot keep, naming its neighbours, or for a bad expression
 */
export function cronOf(schedule: string, every: number | string): Cron {
  if (typeof every === "string")
    return { expression: validated(schedule, every), timezone: undefined, intervalMs: undefined };
  if (!INTERVALS.includes(every)) throw new InvalidSchedule(schedule, unevenComplaint(every));
  return { expression: expressionFor(every), timezone: "UTC", intervalMs: every * 1000 };
}

function expressionFor(seconds: number): string {
  if (seconds < MINUTE) return `*/${seconds} * * * * *`;
  if (seconds < HOUR) return `0 */${seconds / MINUTE} * * * *`;
  if (seconds < DAY) return `0 0 */${seconds / HOUR} * * *`;
  return "0 0 0 * * *";
}

function partsOf(whole: number, unit: number): number[] {
  const count = whole / unit;
  const divisors = Array.from({ length: count - 1 }, (_, index) => index + 1).filter((part) => count % part === 0);
  return divisors.map((part) => part * unit);
}

function unevenComplaint(every: number): string {
  const below = INTERVALS.filter((interval) => interval < every).at(-1);
  const above = INTERVALS.find((interval) => interval > every);
  const nearest = [below, above].filter((interval) => interval !== undefined).join(" or ");
  return `every ${every} s cannot be kept evenly over a minute, an hour or a day; the nearest that can: ${nearest}`;
}

function validated(schedule: string, expression: string): string {
  const { valid, errors } = validateDetailed(expression);
  if (valid) return expression;
  const complaints = errors.map(({ field, message }) => `${field}: ${message}`).join("; ");
  throw new InvalidSchedule(schedule, `"${expression}" is no cron expression (${complaints})`);
}
