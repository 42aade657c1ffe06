import { changeTicketWork, getTicketDetails, type TicketDetail } from "@trunkline/contracts";
import type { JobContext, JobKind } from "@trunkline/jobs";
import { CallFailed, placeText, type Undertaking, undertake } from "@trunkline/monitor";
import { z } from "zod";
import { forwardedMessage } from "../messages.ts";
import type { Monitor } from "../monitor.ts";
import { facts, place } from "../planned.ts";
import type { Question } from "../subjects.ts";

const forward = z.object({
  ticketId: z.int(),
  place,
  /** ISO 8601. */
  dueAt: z.iso.datetime(),
  queue: z.string(),
  /** The line's task; the edge's own when null. */
  detailId: z.int().nullable(),
  /** Bruin's number of the result that leads to the queue; looked up by the bridge when null. */
  queueId: z.string().nullable(),
  facts,
  /** Slack hears of the outage together with others. */
  quiet: z.boolean(),
});
export type Forward = z.output<typeof forward>;

/** A task that people get if its outage has not healed by then. */
export const forwardJob = { name: "outage-forward", data: forward } satisfies JobKind;

/** Bruin's marks of details on which nothing is left to do. */
const DONE = new Set<string | null>(["R", "C"]);

/**
 * Moves a task into its queue, once, unless its detail has been resolved or lies there already.
 *
 * @throws Unfinished when another attempt may do what this one could not
 */
export async function carryForward(monitor: Monitor, plan: Forward, job: JobContext): Promise<void> {
  const { forwards } = monitor;
  await forwards.alone([job.key], job.key, async () => {
    const task = { on: `forward/${job.key}`, occasion: plan.dueAt, about: placeText(plan.place), job };
    await undertake(monitor, task, async (work) => {
      // Somebody else's, or an earlier one; our own is followed by what people hear of it.
      if ((await forwards.has(job.key)) && !(await work.isDone("forward"))) return;
      const isMoved = await work.attempt(`forward ticket ${plan.ticketId} to ${plan.queue}`, () =>
        move(monitor, plan, { work, job }),
      );
      if (!isMoved) return;
      if (!plan.quiet) await work.tell("forwarded", forwardedMessage(plan, monitor.settings));
      await work.once("count forwarded", async () => {
        monitor.metrics.forwarded(plan.facts, plan.queue);
        return true;
      });
    });
  });
}

/** @returns false when there was nothing to move */
async function move(
  { forwards }: Monitor,
  { ticketId, place: { serial }, queue, detailId, queueId }: Forward,
  { work, job }: { readonly work: Undertaking<Question>; readonly job: JobContext },
): Promise<boolean> {
  if (!(await work.isDone("forward"))) {
    const { ticketDetails } = await work.read(getTicketDetails, { ticket_id: ticketId });
    const detail = ticketDetails.find(isTask(serial, detailId));
    if (detail === undefined || DONE.has(detail.detailStatus)) {
      job.logger.info({ ticketId, serial, status: detail?.detailStatus }, "there is no task to forward any more");
      return false;
    }
    if (detail.currentTaskName === queue) {
      await forwards.remember(job.key);
      return false;
    }
  }
  try {
    await work.write("forward", changeTicketWork, {
      ticket_id: ticketId,
      queue_name: queue,
      service_number: serial,
      ...(detailId === null ? {} : { detail_id: detailId }),
      ...(queueId === null ? {} : { work_queue_id: queueId }),
    });
  } catch (error) {
    // A refusal stays one: people are told, and the next pass does not try the same again.
    if (error instanceof CallFailed && !error.isTransient) await forwards.remember(job.key);
    throw error;
  }
  await forwards.remember(job.key);
  return true;
}

function isTask(serial: string, detailId: number | null): (detail: TicketDetail) => boolean {
  return ({ detailID, detailValue }) => (detailId === null ? detailValue === serial : detailID === detailId);
}
