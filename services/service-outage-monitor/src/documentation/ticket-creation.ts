import { type OutageCreation, outageErrorCodes } from "@trunkline/contracts";

/** Bruin's full answer; a bridge that does not know of full answers gives the ticket's number alone. */
export type CreationAnswer = OutageCreation | number;

/** What became of the request for an outage ticket. */
export type CreationOutcome =
  /** A new ticket. */
  | "created"
  /** An open ticket already covers the edge. */
  | "already-open"
  /** A resolved ticket covers the edge, and Bruin left it resolved. */
  | "still-resolved"
  /** Bruin took the edge's resolved ticket up again. */
  | "reopened"
  /** Bruin took a resolved ticket of the same site up again and added a detail for the edge. */
  | "new-detail";

export type Creation =
  | { readonly outcome: CreationOutcome; readonly ticketId: number }
  /** There is nothing to document; `reason` is for the log. */
  | { readonly outcome: "none"; readonly reason: string };

const outcomes: ReadonlyMap<number, CreationOutcome> = new Map([
  // Bruin means the same by 0 as by null, provided that it names a ticket.
  [0, "created"],
  [outageErrorCodes.alreadyOpen, "already-open"],
  [outageErrorCodes.resolved, "still-resolved"],
  [outageErrorCodes.reopened, "reopened"],
  [outageErrorCodes.reopenedWithNewLine, "new-detail"],
]);

/** Reads what Bruin says about the edge itself; the last word counts. */
export function readCreation(answer: CreationAnswer, serial: string): Creation {
  if (typeof answer === "number") return { outcome: "none", reason: "the answer holds no items" };
  const item = answer.items.findLast(({ wtn }) => wtn === serial);
  if (item === undefined) return { outcome: "none", reason: "the answer does not mention the edge" };
  if (item.ticketId === 0) return { outcome: "none", reason: "the ticket's number is 0" };
  const outcome = outcomeOf(item.errorCode);
  if (outcome === undefined) return { outcome: "none", reason: `the error code ${item.errorCode} is unknown` };
  return { outcome, ticketId: item.ticketId };
}

function outcomeOf(code: number | null): CreationOutcome | undefined {
  if (code === null || (code >= 200 && code <= 299)) return "created";
  return outcomes.get(code);
}

/** Service numbers that the answer mentions and nobody here knows. */
export function strangersIn(answer: CreationAnswer, known: ReadonlySet<string | null>): string[] {
  if (typeof answer === "number") return [];
  return answer.items.flatMap(({ wtn }) => (wtn === null || known.has(wtn) ? [] : [wtn]));
}
