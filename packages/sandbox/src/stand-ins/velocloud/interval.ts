import { z } from "zod";

/** A moment as an Orchestrator reads it: ISO 8601, with a blank instead of the `T`, or milliseconds since 1970. */
const moment = z.union([z.string(), z.number()]).transform((value, context) => {
  const date = new Date(value);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue({ code: "custom", message: "expected a date" });
  return z.NEVER;
});

/** Without an end it lasts until now. */
export const interval = z.object({ start: moment, end: moment.nullish() });
