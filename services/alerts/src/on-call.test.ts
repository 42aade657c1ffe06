import { slackNotification } from "@trunkline/contracts";
import { pino } from "pino";
import { expect, it } from "vitest";
import { type AlertsBus, onCall, sendSms, type Word } from "./on-call.ts";

const word: Word = { id: "alert/x", severity: "critical", slack: "*x is down*", sms: "x is down" };
const job = { logger: pino({ level: "silent" }), signal: new AbortController().signal };
const sms = { id: "alert/x", to: "+15550100100", text: "x is down" };

/** A bus whose notifier answers with one status; 0 for a write that a dry run withholds. */
function busAnswering(status: number): AlertsBus {
  const reply = status < 300 && status > 0 ? { ok: true, status, body: {} } : { ok: false, status, body: null };
  return { request: async () => ({ ...reply, withheld: status === 0 }) } as unknown as AlertsBus;
}

it.each([
  ["is sent", 200, true],
  ["is withheld outside production", 0, true],
  ["is refused: another attempt would be too", 400, true],
  ["may have been sent: another one would be a second", 409, true],
  ["has no gateway to go to", 501, true],
  ["fails at the gateway", 500, false],
  ["finds no notifier", 503, false],
  ["is answered too late", 504, false],
])("an SMS that %s (%i) is done with: %s", async (_, status, isDone) => {
  const sending = sendSms(busAnswering(status), sms, job);
  if (isDone) await expect(sending).resolves.toBeUndefined();
  else await expect(sending).rejects.toThrow(String(status));
});

it.each<[Word["severity"], number]>([
  ["critical", 2],
  ["warning", 0],
])("what is %s is told to Slack and put down as %i SMS, none longer than four parts", async (severity, count) => {
  const published: unknown[] = [];
  const scheduled: { key: string; data: { text: string } }[] = [];
  const { tell } = onCall({
    bus: { publish: async (...message: unknown[]) => void published.push(message) } as unknown as AlertsBus,
    jobs: { schedule: async (_kind, each) => scheduled.push(each as (typeof scheduled)[number]) > 0 },
    clock: { now: () => new Date("2026-03-01T12:00:00Z") },
    numbers: ["+15550100100", "+15550100101"],
  });
  await tell({ ...word, severity, sms: "x".repeat(2_000) });
  expect(published).toEqual([[slackNotification, { message: word.slack }, { messageId: word.id }]]);
  expect(scheduled.map(({ key }) => key)).toEqual(["alert/x/+15550100100", "alert/x/+15550100101"].slice(0, count));
  for (const { data } of scheduled) expect(data.text).toHaveLength(600);
});
