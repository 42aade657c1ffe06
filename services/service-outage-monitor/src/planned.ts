import { outageTypes } from "@trunkline/sdwan";
import { z } from "zod";

const text = z.string().nullable();

/** Where something is, as jobs keep it for what people are told. */
export const place = z.object({ clientName: text, edgeName: text, serial: z.string(), host: z.string() });

/** What counters tell an outage apart by, as jobs keep it. */
export const facts = z.object({
  host: z.string(),
  clientName: z.string(),
  outageType: z.enum(outageTypes).nullable(),
  severity: z.number().nullable(),
  hasDigi: z.boolean().nullable(),
  hasByob: z.boolean().nullable(),
  linkTypes: z.array(text).readonly().nullable(),
});
