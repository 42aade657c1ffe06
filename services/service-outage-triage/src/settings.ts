import type { ConfigOf } from "@trunkline/service";
import type { config } from "./config.ts";

/** What triage depends on, compiled from the environment. */
export interface Settings {
  readonly hosts: readonly string[];
  readonly productCategory: string;
  readonly ticketUrl: string;
  readonly timeZone: string;
  readonly passSeconds: number;
  /** Milliseconds. */
  readonly lastNoteMs: number;
  readonly eventsPerNote: number;
  /** Notes of one pass from which on Slack hears of them in one message. */
  readonly summaryFrom: number;
}

export function settingsOf(env: ConfigOf<typeof config> & { readonly TIMEZONE: string }): Settings {
  return {
    hosts: env.TRIAGE__MONITORED_VELOCLOUD_HOSTS,
    productCategory: env.MONITORED_PRODUCT_CATEGORY,
    ticketUrl: env.BRUIN_TICKET_URL,
    timeZone: env.TIMEZONE,
    passSeconds: env.TRIAGE__MONITORING_JOB_INTERVAL,
    lastNoteMs: env.TRIAGE__LAST_NOTE_INTERVAL * 1000,
    eventsPerNote: env.TRIAGE__MAX_EVENTS_PER_EVENT_NOTE,
    summaryFrom: env.TRIAGE__SUMMARY_FROM,
  };
}
