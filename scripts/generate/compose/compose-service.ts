import type { ConfigRow } from "@trunkline/service";
import { passwordVariable } from "../broker-users.ts";
import { type Deployment, redisServer } from "../deployment.ts";

/** The entry of one service: what it reads comes from compose's environment by the same names. */
export function composeService({ name, asks, redis, variables, callsThirdParties, resources }: Deployment): string[] {
  const others = redis.filter((role) => role !== "main");
  return [
    `  ${name}:`,
    "    <<: *service",
    `    command: [${name}]`,
    "    environment:",
    "      <<: *settings",
    `      NATS_PASSWORD: \${${passwordVariable("NATS", name)}:?password of ${name}}`,
    `      REDIS_PASSWORD: \${${passwordVariable("REDIS", name)}:?password of ${name}}`,
    ...others.map((role) => `      ${hostVariable(role)}: ${redisServer(role)}:6379`),
    ...variables.map(variable),
    ...(callsThirdParties ? ['    volumes: ["authorities:/authorities:ro"]'] : []),
    "    depends_on:",
    "      <<: *brokers",
    ...others.map((role) => `      ${redisServer(role)}: { condition: service_healthy }`),
    ...(callsThirdParties ? ["      authorities: { condition: service_completed_successfully }"] : []),
    ...asks.map((service) => `      ${service}: { condition: service_healthy }`),
    `    mem_limit: ${resources.memoryLimitMib}m`,
    "",
  ];
}

function variable({ variable: name, required }: ConfigRow): string {
  // What is set to nothing counts as missing, so a service's own defaults hold.
  return `      ${name}: ${required ? `\${${name}:?see docs/configuration.md}` : `\${${name}:-}`}`;
}

function hostVariable(role: string): string {
  return `REDIS_${role.toUpperCase().replaceAll("-", "_")}_HOSTNAME`;
}
