import {
  appendTicketNote,
  closeTicket,
  getTicketDetails,
  resolveTicketDetail,
  unpauseTicketDetail,
} from "@trunkline/contracts";
import type { JobContext, JobKind } from "@trunkline/jobs";
import { type MonitoredEdge, placeText, type Undertaking, undertake } from "@trunkline/monitor";
import { renderAutoResolve } from "@trunkline/notes";
import { z } from "zod";
import { RESOLVED } from "../documentation/decide-severity.ts";
import { cancelForwards, forwardKeys } from "../forwards/forwards.ts";
import { autoResolvedMessage } from "../messages.ts";
import type { Monitor } from "../monitor.ts";
import { facts, place } from "../planned.ts";
import type { Question } from "../subjects.ts";
import type { Resolution } from "./decide-auto-resolve.ts";

const resolution = z.object({
  /** ISO 8601: when the edge was found to be healthy. */
  decidedAt: z.iso.datetime(),
  ticketId: z.int(),
  detailId: z.int(),
  place,
  lines: z.array(z.object({ interface: z.string(), serviceNumber: z.string(), detailId: z.int() })),
  /** Nobody has anything left to do: the ticket is closed too. */
  close: z.boolean(),
  /** ISO 8601: when the outage was written down. */
  outageAt: z.iso.datetime(),
  facts,
  /** Slack hears of the recovery together with others. */
  quiet: z.boolean(),
});
type PlannedResolution = z.output<typeof resolution>;

/** A detail whose outage is over: to be resolved, with a note that says so. */
export const resolutionJob = { name: "outage-resolve", data: resolution } satisfies JobKind;

/** Bruin puts it on the ticket. */
export const CLOSE_NOTE = "Closing ticket due to byob link.";
/** After so long an edge may be down again; what has not begun by then is left to the next pass. */
const FRESH_MS = 2 * 60_000;

export async function scheduleResolution(
  { jobs, clock }: Monitor,
  edge: MonitoredEdge,
  decided: Resolution & { readonly quiet: boolean },
): Promise<void> {
  const now = clock.now();
  await jobs.schedule(resolutionJob, {
    key: `${decided.ticketId}/${edge.status.serial}`,
    dueAt: now,
    data: planOf(edge, decided, now),
  });
}

export function planOf(
  { status, cached }: MonitoredEdge,
  decided: Resolution & { readonly quiet: boolean },
  decidedAt: Date,
): PlannedResolution {
  const { ticketId, detailId, lines, close, quiet, outageAt, facts } = decided;
  const { serial, name } = status;
  return {
    decidedAt: decidedAt.toISOString(),
    ticketId,
    detailId,
    place: { clientName: cached.bruin_client_info.client_name, edgeName: name, serial, host: cached.edge.host },
    lines: [...lines],
    close,
    quiet,
    outageAt: outageAt.toISOString(),
    facts: { ...facts, linkTypes: facts.linkTypes && [...facts.linkTypes] },
  };
}

/**
 * Resolves an edge's detail and writes down that it did.
 *
 * @throws Unfinished when another attempt may do what this one could not
 */
export async function resolveTicket(monitor: Monitor, plan: PlannedResolution, job: JobContext): Promise<void> {
  const { ticketId, place, decidedAt, lines } = plan;
  const ticket = { ticketId, serial: place.serial };
  const on = `${ticketId}/${place.serial}/resolution`;
  const keys = [forwardKeys.hnoc(ticket), ...lines.map(({ detailId }) => forwardKeys.worker(ticket, detailId))];
  // From here on nobody gets the tasks; if the resolution fails, they wait on as before.
  await monitor.forwards.alone(keys, on, () =>
    undertake(monitor, { on, occasion: decidedAt, about: placeText(place), job }, async (work) => {
      const isResolved = await work.attempt(`resolve ticket ${ticketId}`, () => resolveDetail(monitor, plan, work));
      if (!isResolved) return;
      await work.once("forwards cancelled", async () => {
        await cancelForwards(monitor, keys);
        return true;
      });
      await writeDown(monitor, plan, work);
    }),
  );
}

/** @returns false when there is nothing to resolve any more */
async function resolveDetail(monitor: Monitor, plan: PlannedResolution, work: Undertaking<Question>): Promise<boolean> {
  const { ticketId, detailId, place, lines } = plan;
  if (await work.isDone("resolve")) return true;
  const hasBegun = await work.isDone("begun");
  const { ticketDetails } = await work.read(getTicketDetails, { ticket_id: ticketId });
  const status = ticketDetails.find(({ detailID }) => detailID === detailId)?.detailStatus;
  if (status === RESOLVED) {
    // By an earlier attempt that did not live to see it; otherwise by somebody else, who says so in his own words.
    return hasBegun && work.once("resolve", async () => true);
  }
  if (status === undefined || isStale(monitor, plan)) return false;
  await work.once("begun", async () => true);
  await work.attempt(`unpause ticket ${ticketId}`, () =>
    work.write("unpause", unpauseTicketDetail, {
      ticket_id: ticketId,
      detail_id: detailId,
      service_number: place.serial,
    }),
  );
  await work.write("resolve", resolveTicketDetail, {
    ticket_id: ticketId,
    detail_id: detailId,
    interfaces: lines.map((line) => line.interface),
  });
  return true;
}

function isStale({ clock }: Monitor, { decidedAt }: PlannedResolution): boolean {
  return clock.now().getTime() - Date.parse(decidedAt) > FRESH_MS;
}

async function writeDown(monitor: Monitor, plan: PlannedResolution, work: Undertaking<Question>): Promise<void> {
  const { ticketId, place, lines, facts } = plan;
  const { settings, clock, metrics } = monitor;
  const appendNote = (about: "serial" | "line", serviceNumber: string) =>
    work.attempt(`append the auto-resolve note for ${serviceNumber} to ticket ${ticketId}`, async () => {
      const note = await work.once(`note on ${serviceNumber}`, async () =>
        renderAutoResolve({ about, serviceNumber, writtenAt: clock.now() }, settings.timeZone),
      );
      await work.write(`note on ${serviceNumber}, appended`, appendTicketNote, {
        ticket_id: ticketId,
        note,
        service_numbers: [serviceNumber],
      });
    });
  await appendNote("serial", place.serial);
  for (const { serviceNumber } of lines) await appendNote("line", serviceNumber);
  if (plan.close) {
    await work.attempt(`close ticket ${ticketId}`, () =>
      work.write("close", closeTicket, { ticket_id: ticketId, close_note: CLOSE_NOTE }),
    );
  }
  if (!plan.quiet)
    await work.tell("auto-resolved", autoResolvedMessage(place, { ...plan, outageType: facts.outageType }, settings));
  await work.once("count auto-resolved", async () => {
    metrics.autoResolved(facts);
    return true;
  });
}
