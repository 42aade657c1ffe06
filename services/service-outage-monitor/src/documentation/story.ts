import { noteTime, type TriageStory } from "@trunkline/notes";
import { isForHnoc, type Outage, targetSeverity } from "../outage.ts";
import type { Settings } from "../settings.ts";
import { workQueues } from "../work-queues.ts";
import type { Documentation } from "./documentation.ts";
import type { CreationOutcome } from "./ticket-creation.ts";

const beginnings: Readonly<Record<CreationOutcome, string>> = {
  created: "ticket opened",
  "already-open": "ticket found open",
  "still-resolved": "resolved ticket re-opened",
  reopened: "resolved ticket re-opened by Bruin",
  "new-detail": "resolved ticket of the site re-opened, with a new task for this edge",
};

/** For whoever opens the ticket at night: since when, what was done, what comes next. */
export async function storyOf({ outage, outcome, monitor, forwardTimes }: Documentation): Promise<TriageStory> {
  const { hnoc } = await forwardTimes();
  return storyAbout(outage, { outcome, hnoc }, monitor.settings);
}

/** `hnoc`: when people get the task. */
export function storyAbout(
  outage: Pick<Outage, "status" | "since">,
  { outcome, hnoc }: { readonly outcome: CreationOutcome; readonly hnoc: Date },
  settings: Pick<Settings, "severity" | "customerOwnedLabels" | "timeZone" | "reminderMs">,
): TriageStory {
  const { severity, customerOwnedLabels, timeZone, reminderMs } = settings;
  const next = isForHnoc(outage, customerOwnedLabels)
    ? `to ${workQueues.hnoc} at ${noteTime(hnoc, timeZone)} unless it heals before`
    : `the customer is told about their own circuit, every ${Math.round(reminderMs / 3_600_000)} hours`;
  return {
    since: new Date(outage.since),
    done: `${beginnings[outcome]}, severity ${targetSeverity(outage, severity)}`,
    next,
  };
}
