import { createOutageTicket } from "@trunkline/contracts";
import type { JobContext, JobKind } from "@trunkline/jobs";
import { type MonitoredEdge, placeText, type Undertaking, undertake } from "@trunkline/monitor";
import { faultyInterfaces, type OutageType } from "@trunkline/sdwan";
import { whereaboutsOf } from "../messages.ts";
import type { Monitor } from "../monitor.ts";
import { isForHnoc, type Outage, outage, outageOf } from "../outage.ts";
import type { Question } from "../subjects.ts";
import { documentationSteps, type StepName } from "./decide-documentation.ts";
import { type Documentation, documentationOf } from "./documentation.ts";
import { type LineItems, lineItems } from "./line-items.ts";
import { perform } from "./perform-step.ts";
import { type Creation, type CreationAnswer, readCreation, strangersIn } from "./ticket-creation.ts";

/** An outage that was found to last: its ticket, and what is to be written about it. */
export const documentationJob = { name: "outage-document", data: outage } satisfies JobKind;

/** After so long an outage may be over; what has not begun by then is left to the next pass. */
const FRESH_MS = 10 * 60_000;

/** Puts down that an outage gets its ticket, unless one of the same edge is being written about already. */
export async function scheduleDocumentation(
  { jobs, clock }: Monitor,
  edge: MonitoredEdge,
  found: { readonly outageType: OutageType; readonly since: string; readonly decidedAt: Date; readonly quiet: boolean },
): Promise<void> {
  await jobs.schedule(documentationJob, {
    key: `${edge.cached.edge.host}/${edge.status.serial}`,
    dueAt: clock.now(),
    data: outageOf(edge, found),
  });
}

/**
 * Opens the outage's ticket, or finds the one there is, and writes down what has to be known.
 *
 * @throws Unfinished when another attempt may do what this one could not
 */
export async function documentOutage(monitor: Monitor, found: Outage, job: JobContext): Promise<void> {
  const place = whereaboutsOf(found);
  const on = `${place.host}/${place.serial}/${found.outageType}`;
  await undertake(monitor, { on, occasion: found.since, about: placeText(place), job }, async (work) => {
    if (isStale(monitor, found) && !(await work.isDone("begun"))) {
      job.logger.warn({ decidedAt: found.decidedAt }, "nobody was there to document an outage in time");
      return;
    }
    await work.once("begun", async () => true);
    const opened = await openTicket(found, work, job);
    if (opened === undefined) return;
    const { creation, lines } = opened;
    await followUp(documentationOf({ monitor, outage: found, ...creation, lines, work }));
  });
}

function isStale({ clock }: Monitor, { decidedAt }: Outage): boolean {
  return clock.now().getTime() - Date.parse(decidedAt) > FRESH_MS;
}

interface OpenedTicket {
  readonly creation: Exclude<Creation, { outcome: "none" }>;
  readonly lines: LineItems;
}

async function openTicket(
  found: Outage,
  work: Undertaking<Question>,
  { logger }: JobContext,
): Promise<OpenedTicket | undefined> {
  const { status, cached } = found;
  let opened: { readonly creation: Creation; readonly lines: LineItems } | undefined;
  await work.attempt("open an outage ticket", async () => {
    const answer = await work.write("create", createOutageTicket, {
      client_id: cached.bruin_client_info.client_id,
      service_number: status.serial,
      interfaces: faultyInterfaces(status),
      get_full_response: true,
    });
    warnOfOddities(found, answer, logger);
    opened = { creation: readCreation(answer, status.serial), lines: lineItems(answer, found) };
  });
  if (opened === undefined) return undefined;
  const { creation, lines } = opened;
  if (creation.outcome !== "none") return { creation, lines };
  logger.error({ reason: creation.reason }, "there is no ticket for an outage");
  return undefined;
}

function warnOfOddities({ status, cached }: Outage, answer: CreationAnswer, logger: JobContext["logger"]): void {
  const known = new Set([status.serial, ...cached.logical_ids.map(({ service_number }) => service_number)]);
  const strangers = strangersIn(answer, known);
  if (strangers.length > 0)
    logger.warn({ strangers }, "the ticket covers service numbers that the cache does not know");
  const message = typeof answer === "number" ? null : answer.message;
  if (message !== null) logger.warn({ bruin: message }, "Bruin has something to say about a ticket");
}

async function followUp(on: Documentation): Promise<void> {
  const done = new Set<StepName>();
  const isForPeople = isForHnoc(on.outage, on.monitor.settings.customerOwnedLabels);
  for (const { name, after } of documentationSteps(on.outcome, isForPeople)) {
    if (after !== undefined && !done.has(after)) continue;
    if (await perform(name, on)) done.add(name);
  }
}
