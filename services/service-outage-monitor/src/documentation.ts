import { changeTicketSeverity, getSingleTicketBasic, getTicketDetails, openTicketDetail } from "@trunkline/contracts";
import { appendTriage, type Undertaking } from "@trunkline/monitor";
import { renderSeverityReason, type TriageNote } from "@trunkline/notes";
import { faultyInterfaces, isEdgeDown } from "@trunkline/sdwan";
import type { StepName } from "./decide-documentation.ts";
import { isAlone } from "./decide-severity.ts";
import { createdMessage, reopenedMessage, severityMessage } from "./messages.ts";
import type { Monitor } from "./monitor.ts";
import { type Outage, outageFacts, targetSeverity } from "./outage.ts";
import type { Question } from "./subjects.ts";

const CREATED_TEXT = "Successfully created outage ticket for edge";

/** A ticket about an outage, being written. */
export interface Documentation {
  readonly monitor: Monitor;
  readonly outage: Outage;
  readonly ticketId: number;
  readonly work: Undertaking<Question>;
}

/** @returns whether the step was done; people have been told when it could not be */
export async function perform(step: StepName, on: Documentation): Promise<boolean> {
  switch (step) {
    case "count created":
      return count(on, "created");
    case "count reopened":
      return count(on, "reopened");
    case "tell created":
      // Operators have an alarm on this text.
      on.monitor.logger.info({ ticketId: on.ticketId, serial: on.outage.status.serial }, CREATED_TEXT);
      return tell(on, step, createdMessage);
    case "tell reopened":
      return tell(on, step, reopenedMessage);
    case "reopen":
      return on.work.attempt(`re-open ticket ${on.ticketId}`, () => reopen(on));
    case "triage note":
      return on.work.attempt(`append the triage note to ticket ${on.ticketId}`, () => explain(on, "triage"));
    case "re-opening note":
      return on.work.attempt(`append the re-opening note to ticket ${on.ticketId}`, () => explain(on, "re-opening"));
    case "severity":
    case "severity if alone":
      return on.work.attempt(`change the severity of ticket ${on.ticketId}`, () => changeSeverity(on, step));
  }
}

async function count({ monitor, outage, work }: Documentation, what: "created" | "reopened"): Promise<boolean> {
  return work.once(`count ${what}`, async () => {
    monitor.metrics[what](outageFacts(outage, monitor.settings));
    return true;
  });
}

async function tell(
  { monitor, outage, ticketId, work }: Documentation,
  step: StepName,
  message: typeof createdMessage,
): Promise<boolean> {
  await work.tell(step, message(outage, ticketId, monitor.settings));
  return true;
}

async function reopen({ monitor, outage, ticketId, work }: Documentation): Promise<boolean> {
  const { serial } = outage.status;
  const detailId = await work.once("detail to re-open", async () => {
    const { ticketDetails } = await work.read(getTicketDetails, { ticket_id: ticketId });
    return ticketDetails.find(({ detailValue }) => detailValue === serial)?.detailID ?? null;
  });
  if (detailId === null) {
    monitor.logger.error({ ticketId, serial }, "a ticket cannot be re-opened: it has no detail for the edge");
    return false;
  }
  await work.write("re-open", openTicketDetail, { ticket_id: ticketId, detail_id: detailId });
  return true;
}

/** @returns false when service-outage-triage came first */
async function explain({ monitor, outage, ticketId, work }: Documentation, kind: TriageNote["kind"]): Promise<boolean> {
  const { clock, settings, claims } = monitor;
  const isOurs = await claims.claim({ ticketId, serial: outage.status.serial }, "service-outage-monitor");
  if (kind === "triage" && !isOurs) return false;
  await appendTriage(work, outage, { ticketId, kind, story: {}, clock, timeZone: settings.timeZone });
  return true;
}

async function changeSeverity(on: Documentation, step: "severity" | "severity if alone"): Promise<void> {
  const { monitor, outage, ticketId, work } = on;
  const to = targetSeverity(outage, monitor.settings.severity);
  const before = await work.once("severity before", () =>
    severityToLeave(on, { to, ifAlone: step === "severity if alone" }),
  );
  if (before === "keep") return;
  const faulty = isEdgeDown(outage.status) ? null : faultyInterfaces(outage.status);
  await work.write("severity", changeTicketSeverity, {
    ticket_id: ticketId,
    severity: to,
    reason: renderSeverityReason({ severity: to, faultyInterfaces: faulty }),
  });
  await work.tell("severity", severityMessage(outage, { ticketId, from: before.severity, to }, monitor.settings));
}

/** What a ticket's severity is before the change, or `keep` when it is not to be changed. */
async function severityToLeave(
  { outage, ticketId, work }: Documentation,
  { to, ifAlone }: { readonly to: number; readonly ifAlone: boolean },
): Promise<"keep" | { readonly severity: number | null }> {
  if (ifAlone && !isEdgeDown(outage.status)) {
    const { ticketDetails } = await work.read(getTicketDetails, { ticket_id: ticketId });
    if (!isAlone(ticketDetails)) return "keep";
  }
  const { severity } = await work.read(getSingleTicketBasic, { ticket_id: ticketId });
  return severity === to ? "keep" : { severity };
}
