import { z } from "zod";

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;
const length = /(\d+)([dhms])/g;
const DURATION = /^(?=\d)(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/;

/** A length of time such as `90s`, `3m` or `1h30m`; in milliseconds. */
export const duration = z
  .string("expected a length of time, such as 90s, 3m or 1h30m")
  .regex(DURATION, "expected a length of time, such as 90s, 3m or 1h30m")
  .transform(millisecondsOf);

/** `1h30m` for so many milliseconds. */
export function durationText(milliseconds: number): string {
  let left = milliseconds;
  const parts = Object.entries(unitMs).map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? "" : `${count}${unit}`;
  });
  return parts.join("") || "0s";
}

/** A point in time: ISO 8601 with an offset, or counted from the scenario's beginning: `40m ago`, `5m later`. */
export const moment = z
  .string()
  .refine(
    (text) => offsetOf(text) !== undefined || isoMoment.safeParse(text).success,
    "expected a moment, such as 2022-06-03T15:00:00Z, `40m ago` or `5m later`",
  );

/** ISO 8601 with an offset. */
export const isoMoment = z.iso.datetime({ offset: true, error: "expected a moment, such as 2022-06-03T15:00:00Z" });

/** @param beginning of the scenario */
export function dateOf(text: string, beginning: Date): Date {
  const offset = offsetOf(text);
  return offset === undefined ? new Date(text) : new Date(beginning.getTime() + offset);
}

function offsetOf(text: string): number | undefined {
  const [, span, direction] = /^(\S+) (ago|later)$/.exec(text) ?? [];
  if (span === undefined || !DURATION.test(span)) return undefined;
  return millisecondsOf(span) * (direction === "ago" ? -1 : 1);
}

function millisecondsOf(text: string): number {
  const parts = [...text.matchAll(length)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * unitMs[unit as keyof typeof unitMs], 0);
}
