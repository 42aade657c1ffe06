/** Hours of a site's day, whole numbers from 0 to 24: the day begins with `startHour` and ends before `endHour`. */
export interface DayHours {
  readonly startHour: number;
  /** At or before `startHour` it lies on the next day: 8 to 0 ends at midnight, 10 to 2 in the small hours. */
  readonly endHour: number;
}

const HOUR_MS = 3_600_000;

/** Whether it is day at a site whose clocks are `tzOffset` hours ahead of UTC (behind it when negative). */
export function isSiteDay(now: Date, tzOffset: number, { startHour, endHour }: DayHours): boolean {
  const hour = new Date(now.getTime() + tzOffset * HOUR_MS).getUTCHours();
  if (startHour < endHour) return hour >= startHour && hour < endHour;
  return hour >= startHour || hour < endHour;
}
