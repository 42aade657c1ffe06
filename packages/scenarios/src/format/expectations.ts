import { z } from "zod";
import { patternProblem } from "../match/pattern.ts";
import { duration } from "./moment.ts";

const pattern = z.unknown().superRefine((value, context) => {
  const problem = patternProblem(value);
  if (problem !== undefined) context.addIssue({ code: "custom", ...problem });
});

/** `<subject>: <what its body is like>`, `withheld: {<subject>: ...}`, or `anyOrder: [...]`. */
const effect = z.record(z.string(), pattern).superRefine((item, context) => {
  const keys = Object.keys(item);
  if (keys.length !== 1) {
    context.addIssue({ code: "custom", message: "expected one subject and what its body is like" });
  }
});

const read = z.union([z.string(), effect]);

const job = z.strictObject({
  kind: z.string(),
  key: pattern.optional(),
  in: duration.optional().describe("how long after it was put down it is due"),
  data: pattern.optional(),
});

const jobChange = z
  .strictObject({ scheduled: job.optional(), cancelled: job.omit({ in: true, data: true }).optional() })
  .refine((item) => Object.keys(item).length === 1, "expected `scheduled` or `cancelled`");

/** Labels are texts; the fleet writes truth values as Python does. */
const label = z.union([
  z.number().transform(String),
  z.boolean().transform((value) => (value ? "True" : "False")),
  pattern,
]);

/** A counter that grew by one, and how its labels are. */
const metric = z
  .record(z.string(), z.record(z.string(), label))
  .refine((item) => Object.keys(item).length === 1, "expected one counter and its labels");

/** What is to be seen of what a service did since the last look. */
export const expectations = z.strictObject({
  effects: z.array(effect).default([]).describe("every write and notification, in order"),
  jobs: z.array(jobChange).optional().describe("changes of the jobs that the service names; unchecked when absent"),
  metrics: z
    .array(metric)
    .optional()
    .describe("each growth by one of the counters that the service names; unchecked when absent"),
  reads: z.strictObject({ includes: z.array(read).default([]), excludes: z.array(read).default([]) }).optional(),
});

export type Expectations = z.output<typeof expectations>;
export type ExpectedEffect = z.output<typeof effect>;
export type ExpectedRead = z.output<typeof read>;
export type ExpectedJobChange = z.output<typeof jobChange>;
export type ExpectedMetric = z.output<typeof metric>;
