import { z } from "zod";
import type { Naming } from "../naming.ts";

/** What the tests cache. */
export const probe = z.object({ serial: z.string(), last_contact: z.string().nullable() });
export type Probe = z.output<typeof probe>;

export function probeOf(serial: string): Probe {
  return { serial, last_contact: "2026-01-05T09:59:00Z" };
}

export const naming: Naming = {
  service: "probe-cache",
  nouns: { one: "probe", many: "probes" },
  titleOf: (list) => `site ${list}`,
};
