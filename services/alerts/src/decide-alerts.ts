import type { Severity } from "./on-call.ts";

/** What is known about the engine at a moment. */
export interface Signs {
  readonly now: Date;
  /** By service: when a replica was last ready. */
  readonly alive: ReadonlyMap<string, Date>;
  /** By `<service>:<schedule>:<key>`: when a run last succeeded. */
  readonly succeeded: ReadonlyMap<string, Date>;
  /** By subject: dead letters there have ever been, and when there was a new one last; null when that was never seen. */
  readonly deadLetters: ReadonlyMap<string, { readonly count: number; readonly grewAt: Date | null }>;
}

/** Durations in milliseconds. */
export interface Limits {
  readonly serviceSilence: number;
  /** By service. */
  readonly withoutRun: ReadonlyMap<string, number>;
  readonly quietAfterDeadLetters: number;
}

/** The engine is in a trouble of its own. */
export interface Alert {
  /** The same for as long as the trouble lasts. */
  readonly id: string;
  readonly since: Date;
  readonly severity: Severity;
  /** For a telephone: what, since when. */
  readonly short: string;
  /** For a person who was woken by it: what, since when, what it means, what to do. */
  readonly text: string;
  /** What is said when it has ended. */
  readonly over: string;
}

/** What was silent for so long was taken out of service rather than is in trouble. */
const GIVEN_UP_MS = 24 * 3600 * 1000;

/** Every trouble that the engine is in now. */
export function alertsOf(signs: Signs, limits: Limits): Alert[] {
  return [...silentServices(signs, limits), ...missingRuns(signs, limits), ...deadLetters(signs, limits)];
}

function silentServices({ now, alive }: Signs, { serviceSilence }: Limits): Alert[] {
  return late(alive, now, () => serviceSilence).map(([service, since]) => ({
    id: `service ${service}`,
    since,
    severity: "critical",
    short: `${service} is down: no replica has been ready since ${timeText(since)}.`,
    text:
      `*${service} is down*: no replica has been ready since ${timeText(since)}. ` +
      "What it serves is answered with 503, what it watches is not watched. See its log and `/_ready`, and `docs/runbooks/ServiceDown.md`.",
    over: `${service} is up again, after having been down since ${timeText(since)}.`,
  }));
}

function missingRuns({ now, succeeded }: Signs, { withoutRun }: Limits): Alert[] {
  return late(succeeded, now, (schedule) => withoutRun.get(serviceOf(schedule))).map(([schedule, since]) => {
    const [service = "", name = "", ...key] = schedule.split(":");
    const what = key.join(":") === "all" ? name : `${name} of ${key.join(":")}`;
    return {
      id: `schedule ${schedule}`,
      since,
      severity: "critical",
      short: `No ${what} has finished in ${service} since ${timeText(since)}.`,
      text:
        `*No ${what} has finished* in ${service} since ${timeText(since)}. ` +
        "Nothing new is noticed there meanwhile. See the service's log for what its runs ended with, and `docs/runbooks/ScheduleOverdue.md`.",
      over: `A run of ${what} has finished again in ${service}; before, none had since ${timeText(since)}.`,
    };
  });
}

function deadLetters({ now, deadLetters: counts }: Signs, { quietAfterDeadLetters }: Limits): Alert[] {
  return [...counts].flatMap(([subject, { count, grewAt }]) => {
    if (grewAt === null || now.getTime() - grewAt.getTime() > quietAfterDeadLetters) return [];
    return [
      {
        id: `dead letters ${subject}`,
        since: grewAt,
        severity: "warning" as const,
        short: `Messages on ${subject} cannot be processed: ${count} dead letters by now.`,
        text:
          `*Messages on ${subject} cannot be processed*: ${count} dead letters by now. ` +
          `They are kept for 30 days: \`nats stream view DEAD_LETTERS\`, subject \`trunkline.dead.${subject}\`. ` +
          "See `docs/runbooks/DeadLetters.md`.",
        over: `No more messages on ${subject} have ended as dead letters for a while; ${count} are kept.`,
      },
    ];
  });
}

function late(
  moments: ReadonlyMap<string, Date>,
  now: Date,
  limitOf: (name: string) => number | undefined,
): [string, Date][] {
  return [...moments].filter(([name, moment]) => {
    const limit = limitOf(name);
    const silence = now.getTime() - moment.getTime();
    return limit !== undefined && silence > limit && silence < Math.max(GIVEN_UP_MS, 2 * limit);
  });
}

function serviceOf(schedule: string): string {
  return schedule.split(":")[0] ?? "";
}

function timeText(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
