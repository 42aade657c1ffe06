import type { Clock } from "@trunkline/clock";
import { appendTicketNote, requestEdgeEvents } from "@trunkline/contracts";
import { renderTriage, splitIntoPages, TRIAGE_LOOKBACK_MS, type TriageNote, triageNoteOf } from "@trunkline/notes";
import { statusEvents } from "@trunkline/sdwan";
import type { TroubledEdge } from "./troubled-edge.ts";
import type { Undertaking } from "./undertaking.ts";

export interface TriageWriting {
  readonly ticketId: number;
  readonly kind: TriageNote["kind"];
  /** What the note says beside what the Orchestrator knows. */
  readonly story: NonNullable<TriageNote["story"]>;
  readonly clock: Clock;
  readonly timeZone: string;
}

/**
 * Writes down in an edge's ticket what its outage looks like, in as many notes as Bruin needs.
 *
 * @throws CallFailed when the edge's events cannot be read or a note cannot be appended
 */
export async function appendTriage(
  work: Undertaking<typeof appendTicketNote | typeof requestEdgeEvents>,
  edge: TroubledEdge,
  { ticketId, kind, story, clock, timeZone }: TriageWriting,
): Promise<void> {
  const pages = await work.once(`${kind} note`, async () => {
    const now = clock.now();
    const events = await work.read(requestEdgeEvents, {
      edge: edge.cached.edge,
      start_date: new Date(now.getTime() - TRIAGE_LOOKBACK_MS).toISOString(),
      end_date: now.toISOString(),
      filter: [...statusEvents],
    });
    const pagesWith = (told: TriageWriting["story"]) =>
      splitIntoPages(renderTriage(triageNoteOf(edge, { kind, events, now, story: told }), timeZone));
    const [plain, whole] = [pagesWith({}), pagesWith(story)];
    // Another page is a worse read than a note without its last lines.
    return whole.length > plain.length ? plain : whole;
  });
  for (const [index, note] of pages.entries()) {
    await work.write(`${kind} note, page ${index + 1}`, appendTicketNote, {
      ticket_id: ticketId,
      note,
      service_numbers: [edge.status.serial],
    });
  }
}
