import { keyFamily } from "@trunkline/bus";
import type { Redis } from "ioredis";

/** Keeps the services that explain outages from explaining the same one twice. */
export interface TriageClaims {
  /**
   * @param holder who would write; the same again in a later attempt
   * @returns whether the first triage note of a detail is the holder's to write
   */
  claim(detail: { readonly ticketId: number; readonly serial: string }, holder: string): Promise<boolean>;
}

/** By then the note is there, and whoever looks at the ticket sees it. */
const KEPT_SECONDS = 3600;

/** The monitors that explain outages share them. */
export const triageClaimKeys = keyFamily(":triage-note:");

export function triageClaims(redis: Redis, environment: string): TriageClaims {
  return {
    claim: async ({ ticketId, serial }, holder) => {
      const key = `${triageClaimKeys.in(environment)}${ticketId}/${serial}`;
      const before = await redis.set(key, holder, "EX", KEPT_SECONDS, "NX", "GET");
      return before === null || before === holder;
    },
  };
}
