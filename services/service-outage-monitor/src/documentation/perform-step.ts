import { changeTicketSeverity, getSingleTicketBasic, openTicketDetail } from "@trunkline/contracts";
import { appendTriage } from "@trunkline/monitor";
import { renderSeverityReason, type TriageNote } from "@trunkline/notes";
import { faultyInterfaces, isEdgeDown } from "@trunkline/sdwan";
import { followUpModems, rebootModems } from "../digi/modems.ts";
import { forwardKeys, scheduleHnoc } from "../forwards/forwards.ts";
import { createdMessage, reopenedMessage, severityMessage, whereaboutsOf } from "../messages.ts";
import { outageFacts, targetSeverity } from "../outage.ts";
import { acknowledge, remind, tellAllDown } from "./customer-mails.ts";
import type { StepName } from "./decide-documentation.ts";
import { isAlone } from "./decide-severity.ts";
import type { Documentation } from "./documentation.ts";
import { moveLinesToIpa, scheduleWorkers } from "./line-tasks.ts";
import { storyOf } from "./story.ts";

const CREATED_TEXT = "Successfully created outage ticket for edge";

/** Returns false for a step that was not done. */
type Performance = (on: Documentation) => Promise<unknown>;

const performances: Readonly<Record<StepName, Performance>> = {
  "count created": (on) => count(on, "created"),
  "count reopened": (on) => count(on, "reopened"),
  "tell created": async (on) => {
    // Operators have an alarm on this text.
    on.monitor.logger.info({ ticketId: on.ticketId, serial: on.outage.status.serial }, CREATED_TEXT);
    await on.tell("tell created", createdMessage(on.outage, on.ticketId, on.monitor.settings));
  },
  "tell reopened": (on) => on.tell("tell reopened", reopenedMessage(on.outage, on.ticketId, on.monitor.settings)),
  reopen: (on) => on.work.attempt(`re-open ticket ${on.ticketId}`, () => reopen(on)),
  "forget forwards": forgetForwards,
  "triage note": (on) =>
    on.work.attempt(`append the triage note to ticket ${on.ticketId}`, () => explain(on, "triage")),
  "re-opening note": (on) =>
    on.work.attempt(`append the re-opening note to ticket ${on.ticketId}`, () => explain(on, "re-opening")),
  severity: (on) => on.work.attempt(`change the severity of ticket ${on.ticketId}`, () => changeSeverity(on)),
  "severity if alone": (on) =>
    on.work.attempt(`change the severity of ticket ${on.ticketId}`, () => changeSeverity(on, { ifAlone: true })),
  "HNOC later": hnocLater,
  acknowledge,
  remind: (on) => on.work.attempt(`remind the customer of ticket ${on.ticketId}`, () => remind(on)),
  "tell all down": tellAllDown,
  "reboot modems": rebootModems,
  "follow up modems": (on) =>
    on.work.attempt(`look after the modems of ticket ${on.ticketId}`, () => followUpModems(on)),
  "lines to IPA": moveLinesToIpa,
  "lines to workers later": scheduleWorkers,
};

/** @returns whether the step was done; people have been told when it could not be */
export async function perform(step: StepName, on: Documentation): Promise<boolean> {
  return (await performances[step](on)) !== false;
}

async function count({ monitor, outage, work }: Documentation, what: "created" | "reopened"): Promise<void> {
  await work.once(`count ${what}`, async () => {
    monitor.metrics[what](outageFacts(outage, monitor.settings));
    return true;
  });
}

async function reopen(on: Documentation): Promise<boolean> {
  const { monitor, outage, ticketId, work } = on;
  const detailId = await on.detailOfEdge();
  if (detailId === null) {
    const { serial } = outage.status;
    monitor.logger.error({ ticketId, serial }, "a ticket cannot be re-opened: it has no detail for the edge");
    return false;
  }
  await work.write("re-open", openTicketDetail, { ticket_id: ticketId, detail_id: detailId });
  return true;
}

async function forgetForwards({ monitor, outage, ticketId, work }: Documentation): Promise<void> {
  const { serial } = outage.status;
  await work.once("forget forwards", async () => {
    await monitor.forwards.forget([forwardKeys.hnoc({ ticketId, serial }), `${ticketId}-${serial}-WIRELESS`]);
    return true;
  });
}

/** @returns false when service-outage-triage came first */
async function explain(on: Documentation, kind: TriageNote["kind"]): Promise<boolean> {
  const { monitor, outage, ticketId, work } = on;
  const { clock, settings, claims } = monitor;
  const isOurs = await claims.claim({ ticketId, serial: outage.status.serial }, "service-outage-monitor");
  if (kind === "triage" && !isOurs) return false;
  await appendTriage(work, outage, { ticketId, kind, story: await storyOf(on), clock, timeZone: settings.timeZone });
  return true;
}

async function changeSeverity(on: Documentation, { ifAlone = false } = {}): Promise<void> {
  const { monitor, outage, ticketId, work } = on;
  const to = targetSeverity(outage, monitor.settings.severity);
  const before = await work.once("severity before", () => severityToLeave(on, { to, ifAlone }));
  if (before === "keep") return;
  const faulty = isEdgeDown(outage.status) ? null : faultyInterfaces(outage.status);
  await work.write("severity", changeTicketSeverity, {
    ticket_id: ticketId,
    severity: to,
    reason: renderSeverityReason({ severity: to, faultyInterfaces: faulty }),
  });
  await on.tell("severity", severityMessage(outage, { ticketId, from: before.severity, to }, monitor.settings));
}

/** What a ticket's severity is before the change, or `keep` when it is not to be changed. */
async function severityToLeave(
  on: Documentation,
  { to, ifAlone }: { readonly to: number; readonly ifAlone: boolean },
): Promise<"keep" | { readonly severity: number | null }> {
  if (ifAlone && !isEdgeDown(on.outage.status)) {
    const { ticketDetails } = await on.ticket();
    if (!isAlone(ticketDetails)) return "keep";
  }
  const { severity } = await on.work.read(getSingleTicketBasic, { ticket_id: on.ticketId });
  return severity === to ? "keep" : { severity };
}

async function hnocLater(on: Documentation): Promise<void> {
  const { monitor, outage, ticketId, work } = on;
  const { hnoc } = await on.forwardTimes();
  await work.once("HNOC", async () => {
    const facts = outageFacts(outage, monitor.settings);
    await scheduleHnoc(monitor, hnoc, { ticketId, place: whereaboutsOf(outage), facts, quiet: outage.quiet });
    return true;
  });
}
