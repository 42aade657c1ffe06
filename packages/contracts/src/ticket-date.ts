/**
 * Reads a ticket's `createDate`, such as `1/21/2022 4:02:30 PM`: without a zone, and taken for UTC like everywhere in
 * the fleet. Undefined when the text is none. (Notes and details carry ISO 8601 with an offset: `parseWireDate`.)
 */
export function parseTicketDate(text: string | null): Date | undefined {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d):(\d\d) (AM|PM)$/i.exec(text?.trim() ?? "");
  if (match === null) return undefined;
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const isAfternoon = match[7]?.toUpperCase() === "PM";
  const moment = new Date(Date.UTC(year, month - 1, day, (hour % 12) + (isAfternoon ? 12 : 0), minute, second));
  const isReal = hour >= 1 && hour <= 12 && minute < 60 && second < 60;
  return isReal && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day ? moment : undefined;
}
