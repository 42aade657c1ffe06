import { appendTicketNote, cachedEdge, requestEdgeEvents } from "@trunkline/contracts";
import type { JobContext, JobKind } from "@trunkline/jobs";
import { type HostEdge, placeText, type Undertaking, undertake } from "@trunkline/monitor";
import { renderEvents } from "@trunkline/notes";
import { statusEvents } from "@trunkline/sdwan";
import { z } from "zod";
import { eventsMessage } from "./messages.ts";
import type { Question } from "./subjects.ts";
import type { Triage } from "./triage.ts";

const text = z.string().nullable();

const writing = z.object({
  ticketId: z.int(),
  detailId: z.int(),
  edge: cachedEdge.shape.edge,
  place: z.object({ clientName: text, edgeName: text, serial: z.string(), host: z.string() }),
  /** ISO 8601: what happened before is in the notes. */
  since: z.iso.datetime(),
  /** ISO 8601: when a pass found that something is to be written. */
  decidedAt: z.iso.datetime(),
  /** Slack hears of all notes of the pass at once. */
  quiet: z.boolean(),
});
type Writing = z.output<typeof writing>;

/** What has happened on an edge since its ticket was last written about. */
export const eventsJob = { name: "triage-events", data: writing } satisfies JobKind;

/** What has not begun by then is left to the next pass. */
const FRESH_MS = 10 * 60_000;

export async function scheduleEvents(
  { jobs, clock }: Triage,
  found: {
    readonly ticketId: number;
    readonly detailId: number;
    readonly cached: HostEdge;
    readonly since: Date;
    readonly decidedAt: Date;
    readonly quiet: boolean;
  },
): Promise<void> {
  const { cached, since, decidedAt, ...rest } = found;
  const { serial_number: serial, edge, edge_name: edgeName, bruin_client_info } = cached;
  await jobs.schedule(eventsJob, {
    key: `${found.ticketId}/${serial}`,
    dueAt: clock.now(),
    data: {
      ...rest,
      edge,
      place: { clientName: bruin_client_info.client_name, edgeName, serial, host: edge.host },
      since: since.toISOString(),
      decidedAt: decidedAt.toISOString(),
    },
  });
}

/**
 * Appends the events to the ticket, newest note first, and tells Slack that it did.
 *
 * @throws Unfinished when another attempt may do what this one could not
 */
export async function writeEvents(triage: Triage, plan: Writing, job: JobContext): Promise<void> {
  const { ticketId, place, since } = plan;
  const on = `${ticketId}/${place.serial}/events`;
  await undertake(triage, { on, occasion: since, about: placeText(place), job }, async (work) => {
    const notes = await composed(triage, plan, work);
    let appended = 0;
    for (const [index, note] of notes.entries()) {
      const step = `events note ${index + 1}`;
      const isAppended = await work.attempt(`append ${step} to ticket ${ticketId}`, () =>
        work.write(step, appendTicketNote, { ticket_id: ticketId, note, service_numbers: [place.serial] }),
      );
      if (isAppended) appended += 1;
    }
    if (appended > 0 && !plan.quiet) await work.tell("events", eventsMessage(plan, appended, triage.settings));
  });
}

/** The notes to append, the same in every attempt; none when nothing has happened. */
async function composed(
  { clock, settings }: Triage,
  { ticketId, edge, since, decidedAt }: Writing,
  work: Undertaking<Question>,
): Promise<readonly string[]> {
  const isKnown = await work.isDone("notes");
  const now = clock.now();
  if (!isKnown && now.getTime() - Date.parse(decidedAt) > FRESH_MS) return [];
  let notes: readonly string[] = [];
  await work.attempt(`read the events for ticket ${ticketId}`, async () => {
    const compose = async () => {
      const events = await work.read(requestEdgeEvents, {
        edge,
        start_date: since,
        end_date: now.toISOString(),
        filter: [...statusEvents],
      });
      return renderEvents(events, { timeZone: settings.timeZone, perNote: settings.eventsPerNote });
    };
    // That nothing has happened is not kept: the next pass asks again under the same name.
    const fresh = isKnown ? [] : await compose();
    notes = isKnown || fresh.length > 0 ? await work.once("notes", async () => fresh) : [];
  });
  return notes;
}
