import { parseWireDate } from "@trunkline/contracts";

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * A moment as notes show it, `2022-06-03 09:57:00-04:00`.
 *
 * @param timeZone an IANA name, such as `US/Eastern`
 * @throws RangeError when there is no such zone
 */
export function noteTime(moment: Date, timeZone: string): string {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  // UTC itself is named `GMT`, all others `GMT-04:00`.
  const offset = part("timeZoneName").replace("GMT", "") || "+00:00";
  return `${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")}:${part("second")}${offset}`;
}

/** Reads a time that {@link noteTime} or the existing fleet wrote, with or without microseconds. */
export function parseNoteTime(text: string | undefined): Date | null {
  return (text && parseWireDate(text)) || null;
}

// Making a format takes much longer than using it.
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "longOffset",
  });
  formats.set(timeZone, format);
  return format;
}
