import type { BlacklistedEdge } from "@trunkline/monitor";
import type { DayHours, OutageType } from "@trunkline/sdwan";
import type { ConfigOf } from "@trunkline/service";
import type { config } from "./config.ts";

/** What the monitor's decisions depend on, compiled from the environment. Durations are in milliseconds. */
export interface Settings {
  readonly hosts: readonly string[];
  readonly productCategory: string;
  /** The automation's own user in Bruin. */
  readonly ownUser: string;
  readonly ticketUrl: string;
  readonly timeZone: string;
  readonly passSeconds: number;
  readonly quarantineMs: Readonly<Record<OutageType, number>>;
  readonly blacklist: readonly BlacklistedEdge[];
  readonly severity: { readonly edgeDown: number; readonly linkDown: number };
  readonly businessGrade: { readonly hosts: readonly string[]; readonly labels: readonly string[] };
  /** What labels of circuits that the customer brings ("BYOB") hold. */
  readonly customerOwnedLabels: readonly string[];
  readonly digiHeaders: readonly string[];
  readonly autoResolve: {
    readonly dayHours: DayHours;
    readonly graceMs: { readonly day: number; readonly night: number };
    readonly maxPerTicket: number;
  };
  /** Edges that go down or heal together, from which on Slack hears of them in one message. */
  readonly summaryFrom: number;
  /** Bruin's numbers of the results that lead to these queues. */
  readonly queueIds: { readonly ipa: string; readonly worker: string };
  /** How long a DiGi modem gets to come back after a reboot. */
  readonly digiGraceMs: number;
  /** Between two mails to a customer about a circuit of their own. */
  readonly reminderMs: number;
  readonly metrics: {
    /** Names that stand for every client whose name begins with them. */
    readonly umbrellas: readonly string[];
    readonly relevantClients: readonly string[];
  };
}

export function settingsOf(env: ConfigOf<typeof config> & { readonly TIMEZONE: string }): Settings {
  return {
    hosts: env.MONITORING__VELOCLOUD_HOST,
    productCategory: env.MONITORED_PRODUCT_CATEGORY,
    ownUser: env.IPA_SYSTEM_USERNAME_IN_BRUIN,
    ticketUrl: env.BRUIN_TICKET_URL,
    timeZone: env.TIMEZONE,
    passSeconds: env.MONITORING__MONITORING_JOB_INTERVAL,
    quarantineMs: {
      "Link Down (no HA)": env.MONITORING__QUARANTINE_FOR_EDGES_IN_LINK_DOWN_OUTAGE * 1000,
      "Hard Down (no HA)": env.MONITORING__QUARANTINE_FOR_EDGES_IN_HARD_DOWN_OUTAGE * 1000,
      "Link Down (HA)": env.MONITORING__QUARANTINE_FOR_EDGES_IN_HA_LINK_DOWN_OUTAGE * 1000,
      "Soft Down (HA)": env.MONITORING__QUARANTINE_FOR_EDGES_IN_HA_SOFT_DOWN_OUTAGE * 1000,
      "Hard Down (HA)": env.MONITORING__QUARANTINE_FOR_EDGES_IN_HA_HARD_DOWN_OUTAGE * 1000,
    },
    blacklist: env.MONITORING__BLACKLISTED_EDGES,
    severity: {
      edgeDown: env.MONITORING__SEVERITY_FOR_EDGE_DOWN_OUTAGES,
      linkDown: env.MONITORING__SEVERITY_FOR_LINK_DOWN_OUTAGES,
    },
    businessGrade: {
      hosts: env.MONITORING__BUSINESS_GRADE_HOSTS,
      labels: env.MONITORING__BUSINESS_GRADE_LINK_LABELS,
    },
    customerOwnedLabels: env.LINK_LABELS_BLACKLISTED_FROM_HNOC_FORWARDS,
    digiHeaders: env.DIGI_HEADERS,
    autoResolve: {
      dayHours: {
        startHour: env.MONITORING__AUTORESOLVE_DAY_START_HOUR,
        endHour: env.MONITORING__AUTORESOLVE_DAY_END_HOUR,
      },
      graceMs: {
        day: env.MONITORING__GRACE_PERIOD_TO_AUTORESOLVE_AFTER_LAST_DOCUMENTED_OUTAGE_DAY_TIME * 1000,
        night: env.MONITORING__GRACE_PERIOD_TO_AUTORESOLVE_AFTER_LAST_DOCUMENTED_OUTAGE_NIGHT_TIME * 1000,
      },
      maxPerTicket: env.MONITORING__MAX_AUTORESOLVES_PER_TICKET,
    },
    summaryFrom: env.MONITORING__SUMMARY_FROM,
    queueIds: { ipa: env.TICKET_TASK_IPA_QUEUE_ID, worker: env.TICKET_TASK_WORKER_QUEUE_ID },
    digiGraceMs: env.MONITORING__GRACE_PERIOD_BEFORE_ATTEMPTING_NEW_DIGI_REBOOTS * 1000,
    reminderMs: env.MONITORING__WAIT_TIME_BEFORE_SENDING_NEW_MILESTONE_REMINDER * 1000,
    metrics: {
      umbrellas: Object.values(env.UMBRELLA_HOSTS),
      relevantClients: env.METRICS_RELEVANT_CLIENTS,
    },
  };
}
