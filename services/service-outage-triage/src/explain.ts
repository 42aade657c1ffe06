import type { JobContext, JobKind } from "@trunkline/jobs";
import {
  appendTriage,
  type MonitoredEdge,
  placeText,
  type TroubledEdge,
  troubledEdge,
  troubledEdgeOf,
  undertake,
} from "@trunkline/monitor";
import type { OutageType } from "@trunkline/sdwan";
import { z } from "zod";
import type { Triage } from "./triage.ts";

const explanation = z.object({
  ticketId: z.int(),
  edge: troubledEdge,
  /** ISO 8601: when a pass found that nobody has explained the outage. */
  decidedAt: z.iso.datetime(),
});
type Explanation = z.output<typeof explanation>;

/** A triage note for a ticket that has none. */
export const explanationJob = { name: "triage-explain", data: explanation } satisfies JobKind;

/** After so long the outage may be another one; what has not begun by then is left to the next pass. */
const FRESH_MS = 10 * 60_000;

export async function scheduleExplanation(
  { jobs, clock }: Triage,
  found: {
    readonly ticketId: number;
    readonly edge: MonitoredEdge;
    readonly outageType: OutageType;
    readonly decidedAt: Date;
  },
): Promise<void> {
  const { ticketId, edge, outageType, decidedAt } = found;
  await jobs.schedule(explanationJob, {
    key: `${ticketId}/${edge.status.serial}`,
    dueAt: clock.now(),
    data: { ticketId, edge: troubledEdgeOf(edge, outageType), decidedAt: decidedAt.toISOString() },
  });
}

/**
 * Writes down what the outage looks like, unless the service that opened the ticket is about to.
 *
 * @throws Unfinished when another attempt may do what this one could not
 */
export async function explain(triage: Triage, plan: Explanation, job: JobContext): Promise<void> {
  const { ticketId, edge, decidedAt } = plan;
  const { serial } = edge.status;
  const { clock, claims, settings } = triage;
  const task = { on: `${ticketId}/${serial}/triage`, occasion: decidedAt, about: aboutOf(edge), job };
  await undertake(triage, task, async (work) => {
    const isStale = clock.now().getTime() - Date.parse(decidedAt) > FRESH_MS;
    if (isStale && !(await work.isDone("triage note"))) return;
    if (!(await claims.claim({ ticketId, serial }, "service-outage-triage"))) return;
    await work.attempt(`append the triage note to ticket ${ticketId}`, () =>
      appendTriage(work, edge, { ticketId, kind: "triage", story: {}, clock, timeZone: settings.timeZone }),
    );
  });
}

function aboutOf({ status, cached }: TroubledEdge): string {
  const { serial, name } = status;
  return placeText({
    clientName: cached.bruin_client_info.client_name,
    edgeName: name,
    serial,
    host: cached.edge.host,
  });
}
