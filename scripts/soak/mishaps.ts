/** One server of NATS: whichever it is, or the one that leads the stream of Slack messages and e-mails. */
export const natsVictims = ["nats", "nats-leader"] as const;
export type NatsVictim = (typeof natsVictims)[number];

/** What is killed: services of this process, and the brokers. */
export const victims = [
  "service-outage-monitor",
  "service-outage-triage",
  "bruin-bridge",
  "velocloud-bridge",
  "digi-bridge",
  "customer-cache",
  "notifier",
  "nats",
  "redis",
] as const;
export type Victim = (typeof victims)[number] | NatsVictim;

/** One call to Bruin that goes wrong: before its effect, or after it, so that only the answer is lost. */
export interface Slip {
  readonly method: "POST" | "PUT";
  readonly path: string;
  readonly fault: "500" | "502" | "hang-up";
  readonly when: "before" | "after";
}

const calls = [
  { method: "POST", path: "/api/Ticket/repair" },
  { method: "POST", path: "/notes" },
  { method: "PUT", path: "/severity" },
  { method: "PUT", path: "/status" },
  { method: "PUT", path: "/details/work" },
] as const;

export const slips: readonly Slip[] = calls.flatMap((call) =>
  (["before", "after"] as const).flatMap((when) =>
    (["500", "502", "hang-up"] as const).map((fault) => ({ ...call, when, fault })),
  ),
);
