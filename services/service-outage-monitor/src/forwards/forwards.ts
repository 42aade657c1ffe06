import type { Monitor } from "../monitor.ts";
import { workQueues } from "../work-queues.ts";
import { type Forward, forwardJob } from "./forward.ts";

/** An edge's part of a ticket. */
export interface TicketOfEdge {
  readonly ticketId: number;
  readonly serial: string;
}

/** Names of forwards as the existing fleet has them, so that both know which is which. */
export const forwardKeys = Object.freeze({
  hnoc: ({ ticketId, serial }: TicketOfEdge) => `${ticketId}-${serial}-HNOC`,
  worker: ({ ticketId, serial }: TicketOfEdge, detailId: number) => `${ticketId}-${serial}-${detailId}-WORKER`,
});

/** Puts a forward down, unless it is there, was carried out in this cycle, or the existing fleet has it. */
async function schedule(
  monitor: Monitor,
  { key, dueAt, ...data }: Omit<Forward, "dueAt"> & { readonly key: string; readonly dueAt: Date },
): Promise<void> {
  const { forwards, dispatcher, jobs } = monitor;
  if ((await forwards.has(key)) || (await dispatcher.holds(key))) return;
  await jobs.schedule(forwardJob, { key, dueAt, data: { ...data, dueAt: dueAt.toISOString() } });
}

type Common = Pick<Forward, "ticketId" | "place" | "facts" | "quiet">;

export async function scheduleHnoc(monitor: Monitor, dueAt: Date, common: Common): Promise<void> {
  const key = forwardKeys.hnoc({ ticketId: common.ticketId, serial: common.place.serial });
  await schedule(monitor, { ...common, key, dueAt, queue: workQueues.hnoc, detailId: null, queueId: null });
}

export async function scheduleWorker(
  monitor: Monitor,
  dueAt: Date,
  common: Common & { readonly detailId: number },
): Promise<void> {
  const key = forwardKeys.worker({ ticketId: common.ticketId, serial: common.place.serial }, common.detailId);
  await schedule(monitor, {
    ...common,
    key,
    dueAt,
    queue: workQueues.worker,
    queueId: monitor.settings.queueIds.worker,
  });
}

/** Takes forwards back, wherever they wait, and forgets what was carried out. */
export async function cancelForwards(
  { jobs, dispatcher, forwards }: Pick<Monitor, "jobs" | "dispatcher" | "forwards">,
  keys: readonly string[],
): Promise<void> {
  for (const key of keys) {
    await jobs.cancel(forwardJob, key);
    await dispatcher.takeBack(key);
  }
  await forwards.forget(keys);
}
