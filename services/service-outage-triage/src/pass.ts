import { slackNotification, type TicketDetail } from "@trunkline/contracts";
import {
  CallFailed,
  type HostEdge,
  type MonitoredEdge,
  monitoredEdges,
  type OpenTicket,
  openTickets,
  readCache,
  readStatuses,
} from "@trunkline/monitor";
import type { ScheduledRun } from "@trunkline/service";
import pLimit from "p-limit";
import { judge, type Verdict } from "./decide-triage.ts";
import { scheduleExplanation } from "./explain.ts";
import { blindMessage, oddDetailMessage, summaryMessage } from "./messages.ts";
import type { Triage } from "./triage.ts";
import { scheduleEvents } from "./write-events.ts";

/** Jobs that a pass puts down at once. */
const CONCURRENCY = 16;
/** Operators have an alarm on the absence of this text. */
const FINISHED_TEXT = "Triage process finished";

/** A detail of an open ticket whose service number is an edge of the host. */
interface Subject {
  readonly ticket: OpenTicket;
  readonly detail: TicketDetail;
  readonly cached: HostEdge;
}

interface Finding extends Subject {
  readonly verdict: Verdict;
}

/**
 * Looks at every open ticket about edges of a host: who opens one finds out what is wrong, and what happened since.
 *
 * @throws CallFailed when nobody can tell whose edges they are; the next pass tries again
 */
export async function pass(triage: Triage, host: string, run: ScheduledRun): Promise<void> {
  const now = triage.clock.now();
  const cache = await read(triage, host, () => readCache(triage.bus, host, null));
  const subjects = await subjectsOf(triage, host, cache);
  const edges = subjects.length === 0 ? new Map<string, MonitoredEdge>() : await statesOf(triage, host, cache);
  const findings: Finding[] = [];
  for (const subject of subjects) {
    const verdict = await look(triage, subject, { status: edges.get(subject.cached.serial_number)?.status, now });
    if (verdict !== undefined && verdict.kind !== "nothing") findings.push({ ...subject, verdict });
  }
  const quiet = findings.length >= triage.settings.summaryFrom;
  const limit = pLimit(CONCURRENCY);
  await limit.map(findings, async (finding) => {
    run.signal.throwIfAborted();
    await schedule(triage, finding, { edges, now, quiet });
  });
  if (quiet) {
    const message = summaryMessage(host, findings.length, triage.settings);
    const messageId = `triage/${host}/${now.toISOString()}`;
    await triage.bus.publish(slackNotification, { message }, { messageId });
  }
  run.logger.info({ host, details: subjects.length, notes: findings.length }, FINISHED_TEXT);
}

/** Tickets that cannot be listed are none for this pass; people have been told. */
async function subjectsOf(triage: Triage, host: string, cache: readonly HostEdge[]): Promise<Subject[]> {
  const { bus, troubles, settings } = triage;
  const cachedBySerial = new Map(cache.map((cached) => [cached.serial_number, cached]));
  const clients = new Set(cache.map(({ bruin_client_info }) => bruin_client_info.client_id));
  if (clients.size === 0) return [];
  const reading = openTickets(host, { bus, troubles, productCategory: settings.productCategory }).ofClients(clients);
  const tickets = await reading.catch(orNothing<readonly OpenTicket[]>([]));
  return tickets.flatMap((ticket) =>
    ticket.ticketDetails.flatMap((detail) => {
      const cached = cachedBySerial.get(detail.detailValue ?? "");
      return cached === undefined ? [] : [{ ticket, detail, cached }];
    }),
  );
}

/** How edges are now, by serial; of a host that does not say, notes that need no state are still written. */
async function statesOf(
  triage: Triage,
  host: string,
  cache: readonly HostEdge[],
): Promise<ReadonlyMap<string, MonitoredEdge>> {
  try {
    const statuses = await read(triage, host, () => readStatuses(triage.bus, host));
    return monitoredEdges({ cache, ...statuses });
  } catch (error) {
    return orNothing(new Map<string, MonitoredEdge>())(error);
  }
}

function orNothing<T>(nothing: T): (error: unknown) => T {
  return (error) => {
    if (!(error instanceof CallFailed)) throw error;
    return nothing;
  };
}

/** A detail that cannot be judged stops no other, and is told of once. */
async function look(
  { settings, troubles, bus }: Triage,
  { ticket, detail }: Subject,
  { status, now }: { readonly status: MonitoredEdge["status"] | undefined; readonly now: Date },
): Promise<Verdict | undefined> {
  try {
    return judge({ detail, notes: ticket.ticketNotes, status, now, settings });
  } catch (error) {
    const message = oddDetailMessage(ticket.ticket.ticketID, detail.detailValue);
    await troubles.met(`odd detail ${ticket.ticket.ticketID}/${detail.detailID}`, error, () =>
      bus.publish(slackNotification, { message }),
    );
    return undefined;
  }
}

interface Occasion {
  readonly edges: ReadonlyMap<string, MonitoredEdge>;
  readonly now: Date;
  readonly quiet: boolean;
}

async function schedule(triage: Triage, finding: Finding, { edges, now, quiet }: Occasion): Promise<void> {
  const { ticket, detail, cached, verdict } = finding;
  const { ticketID: ticketId } = ticket.ticket;
  const edge = edges.get(cached.serial_number);
  if (verdict.kind === "events") {
    const { since } = verdict;
    await scheduleEvents(triage, { ticketId, detailId: detail.detailID, cached, since, decidedAt: now, quiet });
  } else if (verdict.kind === "explain" && edge !== undefined) {
    await scheduleExplanation(triage, { ticketId, edge, outageType: verdict.outageType, decidedAt: now });
  }
}

/** @throws CallFailed, of which people are told once while it lasts */
async function read<T>({ bus, troubles }: Triage, host: string, reading: () => Promise<T>): Promise<T> {
  const trouble = `reading ${host}`;
  try {
    const answer = await reading();
    await troubles.over(trouble);
    return answer;
  } catch (error) {
    if (error instanceof CallFailed) {
      await troubles.met(trouble, error, () => bus.publish(slackNotification, { message: blindMessage(host, error) }));
    }
    throw error;
  }
}
