import { getTicketDetails, type TicketDetails } from "@trunkline/contracts";
import type { Undertaking } from "@trunkline/monitor";
import { type ForwardTimes, forwardTimes } from "../forwards/forward-times.ts";
import type { Monitor } from "../monitor.ts";
import type { Outage } from "../outage.ts";
import type { Question } from "../subjects.ts";
import type { LineItems } from "./line-items.ts";
import type { CreationOutcome } from "./ticket-creation.ts";

/** A ticket about an outage, being written. */
export interface Documentation {
  readonly monitor: Monitor;
  readonly outage: Outage;
  readonly ticketId: number;
  readonly outcome: CreationOutcome;
  readonly lines: LineItems;
  readonly work: Undertaking<Question>;
  /** Details and notes, read once in each attempt. @throws CallFailed */
  ticket(): Promise<TicketDetails>;
  /** The number of the edge's own detail; null when there is none. The same in every attempt. @throws CallFailed */
  detailOfEdge(): Promise<number | null>;
  /** When people get the tasks; the same in every attempt. */
  forwardTimes(): Promise<ForwardTimes>;
  /** Tells Slack, unless it hears of the outage together with others. */
  tell(step: string, message: string): Promise<void>;
}

export function documentationOf(
  facts: Pick<Documentation, "monitor" | "outage" | "ticketId" | "outcome" | "lines" | "work">,
): Documentation {
  const { monitor, outage, ticketId, work } = facts;
  let reading: Promise<TicketDetails> | undefined;
  const ticket = () => {
    reading ??= work.read(getTicketDetails, { ticket_id: ticketId });
    return reading;
  };
  return {
    ...facts,
    ticket,
    detailOfEdge: () =>
      work.once("detail of the edge", async () => {
        const { ticketDetails } = await ticket();
        return ticketDetails.find(({ detailValue }) => detailValue === outage.status.serial)?.detailID ?? null;
      }),
    forwardTimes: async () => {
      const [hnoc, worker] = await work.once("forward times", async () => {
        const times = forwardTimes(outage, monitor.clock.now(), monitor.settings);
        return [times.hnoc.toISOString(), times.worker.toISOString()] as const;
      });
      return { hnoc: new Date(hnoc), worker: new Date(worker) };
    },
    tell: async (step, message) => {
      if (!outage.quiet) await work.tell(step, message);
    },
  };
}
