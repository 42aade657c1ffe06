import type { EdgeFacts } from "../facts.ts";

const MINUTE = 60_000;
const DAY_BEGINS = 8;

type Place = Pick<EdgeFacts, "utcOffsetMinutes">;

/** A site's day lasts from eight to midnight. */
export function isDay(place: Place, at: number): boolean {
  return localMinutes(place, at) >= DAY_BEGINS * 60;
}

/** Whole minutes until a site's day begins. */
export function minutesUntilMorning(place: Place, at: number): number {
  return Math.floor(DAY_BEGINS * 60 - localMinutes(place, at));
}

function localMinutes({ utcOffsetMinutes }: Place, at: number): number {
  const day = 24 * 60;
  return (((at / MINUTE + utcOffsetMinutes) % day) + day) % day;
}
