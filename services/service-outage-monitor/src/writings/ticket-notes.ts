import { exampleEvents, exampleVoice } from "@trunkline/monitor";
import {
  renderAutoResolve,
  renderDigiReboot,
  renderDigiRebootFailed,
  renderReminder,
  renderSeverityReason,
  renderTriage,
  type TriageNote,
  triageNoteOf,
} from "@trunkline/notes";
import type { Writing } from "@trunkline/service";
import { storyAbout } from "../documentation/story.ts";
import type { CreationOutcome } from "../documentation/ticket-creation.ts";
import { CLOSE_NOTE } from "../resolution/resolve-ticket.ts";
import { exampleOutage, severityOf } from "./example-outage.ts";

const { now, timeZone } = exampleVoice;
const { serial } = exampleOutage.status;

/** What the service writes on tickets. */
export const ticketNotes: readonly Writing[] = [
  {
    title: "Triage note",
    where: "ticket",
    when:
      "Right after the service has opened a ticket for an edge, or Bruin has added the edge to a resolved ticket of " +
      "its site. Where service-outage-triage came first, its note stands instead.",
    next:
      "Its last lines say since when, what was done and what comes next; where they would cost another page they are " +
      "left out. What heals within the grace time (`MONITORING__GRACE_PERIOD_TO_AUTORESOLVE_AFTER_LAST_DOCUMENTED_OUTAGE_DAY_TIME`, " +
      "longer by night) is resolved without a person. A long note comes in parts, which end with `Triage note: 1/2`.",
    example: () => explained("triage", "created"),
  },
  {
    title: "Re-opening note",
    where: "ticket",
    when: "A resolved ticket of the edge was taken up again, by the service or by Bruin, because the edge is down again.",
    next:
      "It begins a new cycle of the ticket: reboots, reminders and the grace time count from here. How often the " +
      "ticket was auto-resolved counts on.",
    example: () => explained("re-opening", "still-resolved"),
  },
  {
    title: "Change of severity",
    where: "ticket",
    when:
      "Given to Bruin as the reason when the ticket's severity differs from what the outage calls for " +
      "(`MONITORING__SEVERITY_FOR_EDGE_DOWN_OUTAGES`, `MONITORING__SEVERITY_FOR_LINK_DOWN_OUTAGES`). On a ticket that was " +
      "there before, a link's outage changes it only while at most one task of the ticket is unresolved.",
    next: "Severity 2 stands for an edge that is down, 3 for an edge that is up with a link down, unless configured otherwise.",
    example: () => renderSeverityReason({ severity: severityOf(exampleOutage), faultyInterfaces: ["GE1"] }),
  },
  {
    title: "DiGi reboot",
    where: "ticket",
    when:
      "The link that is down hangs on a DiGi modem, and DiGi has accepted to reboot it: when the ticket is opened or the " +
      "service takes it up again, and later for a modem whose neighbour was rebooted and is due itself.",
    next:
      "The modem has `MONITORING__GRACE_PERIOD_BEFORE_ATTEMPTING_NEW_DIGI_REBOOTS` to come back. If it does not, people get " +
      "the task.",
    example: () => renderDigiReboot({ serial, interface: "GE2", writtenAt: now }, timeZone),
  },
  {
    title: "DiGi reboot failed",
    where: "ticket",
    when:
      "A modem is still down after a reboot and its grace, and the edge's task was moved to the queue that the note " +
      "names. It is written for the ticket as a whole, not for one service number.",
    next: "People there look after the modem; the service does not reboot it again in this cycle of the ticket.",
    example: () => renderDigiRebootFailed(now, timeZone),
  },
  {
    title: "Client Reminder",
    where: "ticket",
    when:
      "Everything that is down is a circuit which the customer brings (its label holds one of " +
      "`LINK_LABELS_BLACKLISTED_FROM_HNOC_FORWARDS`), and Bruin was asked to mail the customer about it: for the first time " +
      "or again.",
    next:
      "The customer is mailed again every `MONITORING__WAIT_TIME_BEFORE_SENDING_NEW_MILESTONE_REMINDER` while it lasts. " +
      "The task stays with the automation.",
    example: renderReminder,
  },
  {
    title: "Auto-resolving an edge",
    where: "ticket",
    when:
      "The edge is healthy again; its ticket was opened by the automation, or taken up again, no longer ago than the " +
      "grace time allows; nobody is assigned to it who works on a wired line; and it was auto-resolved fewer than " +
      "`MONITORING__MAX_AUTORESOLVES_PER_TICKET` times. A customer's own circuit has no such limits while its task lies " +
      "with the automation.",
    next:
      "The detail is resolved, and tasks that waited to be forwarded are taken back: nobody has anything left to do. If " +
      "the edge fails again, Bruin decides whether this ticket is taken up again or another is opened.",
    example: () => renderAutoResolve({ about: "serial", serviceNumber: serial, writtenAt: now }, timeZone),
  },
  {
    title: "Auto-resolving a line",
    where: "ticket",
    when: "With the note before, for each line of the edge that the ticket has a detail for.",
    next: "The line's detail is resolved together with the edge's; only the edge's counts towards the limit.",
    example: () => renderAutoResolve({ about: "line", serviceNumber: "LN-1001", writtenAt: now }, timeZone),
  },
  {
    title: "Closing a circuit of the customer",
    where: "ticket",
    when:
      "Given to Bruin as the reason when the customer has mended their own circuit and the task still lay with the " +
      "automation (IPA Investigate): the ticket is then closed, not only resolved.",
    next: "Nothing: the ticket is closed.",
    example: () => CLOSE_NOTE,
  },
];

function explained(kind: TriageNote["kind"], outcome: CreationOutcome): string {
  const story = storyAbout(
    exampleOutage,
    { outcome, hnoc: new Date("2026-03-02T16:30:21.000Z") },
    { severity: { edgeDown: 2, linkDown: 3 }, customerOwnedLabels: ["byob"], timeZone, reminderMs: 86_400_000 },
  );
  return renderTriage(triageNoteOf(exampleOutage, { kind, events: exampleEvents, now, story }), timeZone);
}
