import { z } from "zod";
import { expectations } from "./expectations.ts";
import { given } from "./given.ts";
import { duration } from "./moment.ts";

/** One thing that happens to a service. */
export const step = z
  .strictObject({
    run: z.string().optional().describe("a schedule: each of its keys runs once"),
    advance: duration.optional().describe("time passes; what becomes due on the way is done at its moment"),
    message: z
      .record(z.string(), z.json())
      .optional()
      .describe("something is published for the service to consume, by subject"),
    change: given.omit({ now: true, environment: true }).optional().describe("the world changes"),
    restart: z.literal(true).optional().describe("the service stops, and another takes its place"),
    finish: z.literal(true).optional().describe("what failed and is tried again is waited for"),
    // biome-ignore lint/suspicious/noThenProperty: the word of the format; nothing takes an object for a promise.
    then: expectations.optional().describe("a look on the way; what was seen is forgotten"),
  })
  .refine(
    (item) => Object.keys(item).length === 1,
    "expected one of run, advance, message, change, restart, finish, then",
  );
export type Step = z.output<typeof step>;

/** How the scenarios of a service are to be read; `scenarios.yaml` in its folder. */
export const serviceWords = z.strictObject({
  base: z.string().optional().describe("what its scenarios are based on when they do not say"),
  environment: z.record(z.string(), z.json()).default({}),
  when: z.record(z.string(), z.array(step)).default({}).describe("words for what happens → the steps behind them"),
  jobs: z.array(z.string()).default([]).describe("kinds of jobs that scenarios look at"),
  metrics: z.array(z.string()).default([]).describe("counters that scenarios look at"),
});
export type ServiceWords = z.output<typeof serviceWords>;
