import { z } from "zod";
import type { Word } from "./on-call.ts";

const texts = z.record(z.string(), z.string());

/** One alert as Alertmanager tells it. */
const alert = z.looseObject({
  status: z.enum(["firing", "resolved"]),
  /** The same for the same alert of the same labels. */
  fingerprint: z.string().min(1),
  labels: texts,
  annotations: texts,
  startsAt: z.string().min(1),
});

/** The body of Alertmanager's webhook, version 4. */
export const notice = z.looseObject({ version: z.literal("4"), alerts: z.array(alert) });

export type Notice = z.output<typeof notice>;
export type NoticedAlert = z.output<typeof alert>;

/** What on-call is told when an alert begins. */
export function beginningOf({ fingerprint, startsAt, labels, annotations }: NoticedAlert): Word {
  const { alertname = "an alert", severity } = labels;
  const { summary = alertname, description, runbook_url: runbook } = annotations;
  const lines = [
    `:rotating_light: *${summary}*`,
    description,
    runbook === undefined ? undefined : `Runbook: ${runbook}`,
  ];
  return {
    id: `alertmanager/${fingerprint}/${startsAt}/firing`,
    severity: severity === "critical" ? "critical" : "warning",
    slack: lines.filter((line) => line !== undefined && line !== "").join("\n"),
    sms: [summary, runbook].filter((part) => part !== undefined).join(" "),
  };
}

/** What on-call is told when it is over. */
export function endOf({ fingerprint, startsAt, labels, annotations }: NoticedAlert): Word {
  const { alertname = "an alert", severity } = labels;
  const { summary = alertname } = annotations;
  return {
    id: `alertmanager/${fingerprint}/${startsAt}/resolved`,
    severity: severity === "critical" ? "critical" : "warning",
    slack: `:white_check_mark: Over: ${summary}`,
    sms: `Over: ${summary}`,
  };
}
