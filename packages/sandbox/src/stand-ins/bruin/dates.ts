const eastern = new Intl.DateTimeFormat("en-US", { timeZone: "America/New_York", timeZoneName: "longOffset" });

/** As tickets are dated: `1/21/2022 4:02:30 PM`, in UTC and without saying so. */
export function ticketDate(date: Date): string {
  const hours = date.getUTCHours();
  const time = [hours % 12 === 0 ? 12 : hours % 12, twoDigits(date.getUTCMinutes()), twoDigits(date.getUTCSeconds())];
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  return `${day} ${time.join(":")} ${hours < 12 ? "AM" : "PM"}`;
}

/** As notes and details are dated: ISO 8601 with the offset of the east coast, `2022-01-21T11:07:01.467-05:00`. */
export function offsetDate(date: Date): string {
  const offset = easternOffset(date);
  const shifted = new Date(date.getTime() + offsetMinutes(offset) * 60_000);
  return `${shifted.toISOString().slice(0, -1)}${offset}`;
}

/** As task history is dated beside the ISO form: `202201212252`, in the east coast's time. */
export function compactDate(date: Date): string {
  return offsetDate(date).slice(0, 16).replace(/[-T:]/g, "");
}

function easternOffset(date: Date): string {
  const name = eastern.formatToParts(date).find(({ type }) => type === "timeZoneName")?.value ?? "GMT-05:00";
  return name === "GMT" ? "+00:00" : name.replace("GMT", "");
}

function offsetMinutes(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(":").map(Number);
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
