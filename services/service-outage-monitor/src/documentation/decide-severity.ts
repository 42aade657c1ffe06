import type { TicketDetail } from "@trunkline/contracts";

/** Bruin's mark of a detail on which nothing is left to do. */
export const RESOLVED = "R";

/**
 * Whether a ticket's severity may follow a link outage although the ticket was there before: only while at most one of
 * its details is unresolved, because the severity is the whole ticket's and another detail may want a higher one.
 */
export function isAlone(details: readonly Pick<TicketDetail, "detailStatus">[]): boolean {
  return details.filter(({ detailStatus }) => detailStatus !== RESOLVED).length <= 1;
}
