/** What the entries of a cache are called. */
export interface Nouns {
  readonly one: string;
  readonly many: string;
}

/** How a cache is spoken of in messages to people. */
export interface Naming {
  /** The service's name. */
  readonly service: string;
  readonly nouns: Nouns;
  /** Completes "Cache for …". */
  titleOf(list: string): string;
}

/** `January 05 2026 - 10:00:00` in UTC, as the existing fleet dates its e-mails. */
export function mailDate(moment: Date): string {
  const month = moment.toLocaleString("en-US", { month: "long", timeZone: "UTC" });
  const [, , day = "", time = ""] = /^(.{8})(..)T(.{8})/.exec(moment.toISOString()) ?? [];
  return `${month} ${day} ${moment.getUTCFullYear()} - ${time}`;
}
