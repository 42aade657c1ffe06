import { z } from "zod";

/**
 * A moment as peers write it: ISO 8601, or with a blank instead of the `T`
 * (`2022-10-01 12:34:56.789012+00:00`). Without an offset it is UTC.
 */
export const wireDate = z.string().transform((text, context) => {
  const moment = parseWireDate(text);
  if (moment !== undefined) return moment;
  context.addIssue({ code: "custom", message: "expected a date and time, such as 2022-10-01T12:34:56Z" });
  return z.NEVER;
});

/** The same, kept as the text that it is. */
export const wireDateText = z
  .string()
  .refine((value) => parseWireDate(value) !== undefined, "expected a date and time, such as 2022-10-01T12:34:56Z");

/** Reads a peer's date text; undefined when it is none (VeloCloud writes `0000-00-00 00:00:00` for "never"). */
export function parseWireDate(text: string): Date | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, day, time, zone = "Z"] = match;
  const moment = new Date(`${day}T${time}${zone}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** An id that peers send as a number or as its digits; handlers always get the number. */
export const wireId = z.union([z.int(), z.string().regex(/^\d+$/, "expected a whole number").transform(Number)]);
