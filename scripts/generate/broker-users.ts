import type { NatsRights } from "@trunkline/bus";
import { emailNotification, slackNotification, smsRequest } from "@trunkline/contracts";

/** Who is at NATS beside the services. */
export const natsPeople: Readonly<Record<string, NatsRights>> = {
  // Finds and asks services, and administers streams and consumers; reads no subject as it passes.
  operator: {
    publish: ["$SRV.>", "$JS.API.>"],
    subscribe: ["_INBOX.operator.>"],
    answers: { max: 0, withinMs: 0 },
  },
  // The sandbox's console, which shows services and has the engine tell people something.
  sandbox: {
    publish: ["$SRV.STATS", slackNotification.subject, emailNotification.subject, smsRequest.subject],
    subscribe: ["_INBOX.sandbox.>"],
    answers: { max: 0, withinMs: 0 },
  },
};

/** Who is at each Redis beside the services, by what an ACL says of them. */
export const redisPeople: Readonly<Record<string, string>> = {
  operator: "~* &* +@all",
  // Numbers for dashboards: no key, and nothing that changes anything.
  exporter: "-@all +@connection +info +slowlog|get +slowlog|len +latency|latest +client|list",
};

/** The environment variable that holds somebody's password. */
export function passwordVariable(broker: "NATS" | "REDIS", user: string): string {
  return `${broker}_PASSWORD_${user.toUpperCase().replaceAll("-", "_")}`;
}
