import type { Clock } from "@trunkline/clock";
import { slackNotification, smsRequest } from "@trunkline/contracts";
import type { JobContext, JobKind, Jobs } from "@trunkline/jobs";
import type { ServiceBus } from "@trunkline/service";
import { z } from "zod";

/** `critical` cannot wait for the morning: it is also told by SMS. */
export type Severity = "critical" | "warning";

/** Something that the people on call are told. */
export interface Word {
  /** Names what is told: the same id is told once. */
  readonly id: string;
  readonly severity: Severity;
  /** For Slack, with its marks. */
  readonly slack: string;
  /** For a telephone: one sentence. */
  readonly sms: string;
}

export type AlertsBus = ServiceBus<never, typeof smsRequest, typeof slackNotification, never>;

export interface OnCall {
  /** Resolves when Slack's message is stored and every SMS is put down as a job. */
  tell(word: Word): Promise<void>;
}

/** One SMS to one number. A job, so that a notifier that is away for a while costs nobody the message. */
export const smsJob = {
  name: "on-call-sms",
  data: z.object({ id: z.string(), to: z.string(), text: z.string() }),
} satisfies JobKind;

/** Attempts over about eight minutes: later, the news is old, and Slack has it. */
export const SMS_ATTEMPTS = 12;
/** Four parts: a gateway bills each, and a telephone shows the first lines. */
const LONGEST_SMS = 600;

export function onCall(options: {
  readonly bus: AlertsBus;
  readonly jobs: Pick<Jobs, "schedule">;
  readonly clock: Clock;
  /** Telephone numbers, E.164. */
  readonly numbers: readonly string[];
}): OnCall {
  const { bus, jobs, clock, numbers } = options;
  return {
    tell: async ({ id, severity, slack, sms }) => {
      await bus.publish(slackNotification, { message: slack }, { messageId: id });
      if (severity !== "critical") return;
      for (const to of numbers) {
        const data = { id, to, text: sms.slice(0, LONGEST_SMS) };
        // The number tells two jobs of the same word apart.
        await jobs.schedule(smsJob, { key: `${id}/${to}`, dueAt: clock.now(), data });
      }
    },
  };
}

/** Sends what a job says. A gateway that refuses for good is not asked again, and the log says so. */
export async function sendSms(
  bus: AlertsBus,
  { id, to, text }: z.output<typeof smsJob.data>,
  { logger, signal }: Pick<JobContext, "logger" | "signal">,
): Promise<void> {
  const body = { sms_to: to, sms_data: text };
  const reply = await bus.request(smsRequest, body, { idempotencyKey: `${id}/${to}`, signal });
  if (reply.ok || reply.withheld) return;
  const { status } = reply;
  // Below 500 it was refused; 501 is the notifier's word for having no gateway.
  if (status < 500 || status === 501) logger.error({ status }, "an SMS to on-call was refused");
  else throw new Error(`an SMS to on-call was not sent: ${status}`);
}
