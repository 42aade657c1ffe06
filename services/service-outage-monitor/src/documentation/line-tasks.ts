import { changeTicketWork, type TicketDetail } from "@trunkline/contracts";
import { forwardKeys, scheduleWorker } from "../forwards/forwards.ts";
import { whereaboutsOf } from "../messages.ts";
import { outageFacts } from "../outage.ts";
import { workQueues } from "../work-queues.ts";
import type { Documentation } from "./documentation.ts";

/** Moves the tasks of lines into the automation's own queue, where customers see that somebody looks after them. */
export async function moveLinesToIpa(on: Documentation): Promise<void> {
  const { monitor, outage, ticketId, work } = on;
  for (const number of on.lines.toIpa) {
    await work.attempt(`forward ${number} of ticket ${ticketId} to ${workQueues.ipa}`, async () => {
      const detailId = await work.once(`task of ${number} to move`, async () => {
        const detail = await detailOf(on, number);
        return detail === undefined || detail.currentTaskName === workQueues.ipa ? null : detail.detailID;
      });
      if (detailId === null) return false;
      await work.write(`to IPA: ${number}`, changeTicketWork, {
        ticket_id: ticketId,
        queue_name: workQueues.ipa,
        service_number: outage.status.serial,
        detail_id: detailId,
        work_queue_id: monitor.settings.queueIds.ipa,
      });
      return true;
    });
  }
}

/** Workers get the tasks of lines if the outage has not healed by then. */
export async function scheduleWorkers(on: Documentation): Promise<void> {
  const { monitor, outage, ticketId, work } = on;
  for (const number of on.lines.toWorkers) {
    await work.attempt(`find the task of ${number} in ticket ${ticketId}`, async () => {
      const detailId = await work.once(`task of ${number}`, async () => (await detailOf(on, number))?.detailID ?? null);
      if (detailId === null) return false;
      const { worker } = await on.forwardTimes();
      const common = { ticketId, place: whereaboutsOf(outage), facts: outageFacts(outage, monitor.settings) };
      await work.once(`worker for ${number}`, async () => {
        const key = forwardKeys.worker({ ticketId, serial: outage.status.serial }, detailId);
        // The line has just got its task, or got it back: what was before does not count.
        if (on.lines.toIpa.includes(number)) await monitor.forwards.forget([key]);
        await scheduleWorker(monitor, worker, { ...common, quiet: outage.quiet, detailId });
        return true;
      });
      return true;
    });
  }
}

async function detailOf(
  { monitor, ticketId, ticket }: Documentation,
  number: string,
): Promise<TicketDetail | undefined> {
  const { ticketDetails } = await ticket();
  const detail = ticketDetails.find(({ detailValue }) => detailValue === number);
  if (detail === undefined) monitor.logger.warn({ ticketId, number }, "a ticket has no detail for a line");
  return detail;
}
