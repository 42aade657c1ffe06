import type { z } from "zod";
import { integer, seconds, secret, text, url } from "./env-text.ts";
import { isRedisAddress } from "./redis-address.ts";
import type { ConfigShape, RedisRole } from "./shape.ts";

const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** The variables of every service. */
export const commonConfig = {
  NATS_SERVER1: url({ protocols: ["nats", "tls"] }).describe("address of NATS"),
  NATS_USER: text().optional().describe("user at NATS, where the address names none; without it the service's name"),
  NATS_PASSWORD: secret().optional().describe("password of that user; without it the service connects as nobody"),
  NATS_STREAM_REPLICAS: integer({ min: 1, max: 5 })
    .default(1)
    .describe("on how many servers of the NATS cluster a stream is kept; a stream that exists gets what it lacks"),
  REDIS_HOSTNAME: redisHost("the main Redis"),
  REDIS_USERNAME: text()
    .optional()
    .describe("user at every Redis whose address names none; without it the service's name"),
  REDIS_PASSWORD: secret().optional().describe("password of that user; without it the service connects as nobody"),
  BROKER_CA: text()
    .refine((pem) => pem.includes("-----BEGIN CERTIFICATE-----"))
    .meta({ expected: "certificates in PEM, most easily through BROKER_CA_FILE" })
    .optional()
    .describe("authority that signed the certificates of NATS and Redis; with it both are spoken to over TLS only"),
  ENVIRONMENT_NAME: text().describe("name of the environment, in logs and before every Redis key"),
  CURRENT_ENVIRONMENT: text()
    .default("dev")
    .describe("writes and notifications are sent in `production` and withheld everywhere else"),
  TIMEZONE: text()
    .refine(isTimezone)
    .meta({ expected: "a time zone such as US/Eastern" })
    .default("US/Eastern")
    .describe("time zone of cron schedules"),
  HEALTH_PORT: port().default(5000).describe("port of `/_health` and `/_ready`; 0 takes any free one"),
  METRICS_PORT: port().default(9090).describe("port of `/metrics`; 0 takes any free one"),
  LOG_LEVEL: text()
    .refine((level): boolean => LEVELS.some((known) => known === level))
    .meta({ expected: `one of ${LEVELS.join(", ")}` })
    .default("info")
    .describe("least severe level that is logged"),
  START_TIMEOUT: seconds({ min: 1 }).default(60).describe("seconds to wait for NATS and Redis at the start"),
  SHUTDOWN_TIMEOUT: seconds({ min: 1 })
    .default(25)
    .describe("seconds to finish work after SIGTERM before the process gives up"),
} satisfies ConfigShape;

/** The variable that holds the address of a Redis role. */
export function redisVariable(role: RedisRole): string {
  return role === "main" ? "REDIS_HOSTNAME" : `REDIS_${role.toUpperCase().replaceAll("-", "_")}_HOSTNAME`;
}

/** The variables of the Redis instances that a service has beside the main one. */
export function redisConfig(roles: readonly RedisRole[]): ConfigShape {
  const others = roles.filter((role) => role !== "main");
  return Object.fromEntries(others.map((role) => [redisVariable(role), redisHost(`the ${role} Redis`)]));
}

function redisHost(whose: string): z.ZodType<string> {
  return text()
    .refine(isRedisAddress)
    .meta({ expected: "a host, host:port, or a redis:// or rediss:// URL" })
    .describe(`address of ${whose}`);
}

function port() {
  return integer({ min: 0, max: 65_535 });
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
