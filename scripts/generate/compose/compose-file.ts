import { readFileSync } from "node:fs";
import type { RedisRole } from "@trunkline/service";
import { natsPeople, passwordVariable, redisPeople } from "../broker-users.ts";
import { type Deployment, redisRoles, redisServer } from "../deployment.ts";
import type { GeneratedFile } from "../generated-file.ts";
import { composeService } from "./compose-service.ts";

const template = readFileSync(new URL("compose.template.yml", import.meta.url), "utf8");

/** Everything that runs, for `docker compose`: the template, filled with what follows from the services' definitions. */
export function composeFile(deployments: readonly Deployment[]): GeneratedFile {
  const roles = redisRoles(deployments);
  const names = deployments.map(({ name }) => name);
  const parts = {
    "nats-passwords": [...names, ...Object.keys(natsPeople)].map((user) => `  ${password("NATS", user)}`),
    redises: roles.flatMap((role) => redis(role, usersOf(role, deployments))),
    services: deployments.flatMap(composeService),
    "redis-exporters": roles.flatMap(redisExporter),
    "all-services-healthy": names.map((name) => `      ${name}: { condition: service_healthy }`),
    "redis-volumes": roles.map((role) => `  ${redisServer(role)}:`),
  };
  return { path: "docker-compose.yml", text: filled(parts).replaceAll(/\n{3,}/g, "\n\n") };
}

/** Puts each part in the place of the comment that is its name. */
function filled(parts: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(parts).reduce(
    (text, [name, lines]) => text.replace(new RegExp(`^ *# ${name}\n`, "m"), () => `${lines.join("\n")}\n`),
    template,
  );
}

/** A line of an environment; compose stops when there is no such password. */
function password(broker: "NATS" | "REDIS", user: string): string {
  const variable = passwordVariable(broker, user);
  return `${variable}: \${${variable}:?password of ${user}}`;
}

function usersOf(role: RedisRole, deployments: readonly Deployment[]): string[] {
  const services = deployments.filter(({ redis: used }) => used.includes(role)).map(({ name }) => name);
  return [...services, ...Object.keys(redisPeople)];
}

function redis(role: RedisRole, users: readonly string[]): string[] {
  const server = redisServer(role);
  return [
    `  ${server}:`,
    "    <<: *redis",
    "    environment:",
    "      <<: *redis-environment",
    ...users.map((user) => `      ${password("REDIS", user)}`),
    "    volumes:",
    `      - ./deploy/redis/${role}.acl:/acl/users.template:ro`,
    "      - ./deploy/redis/write-acl.sh:/acl/write-acl.sh:ro",
    `      - ${server}:/data`,
    `    mem_limit: ${role === "main" ? "1g" : "512m"}`,
    "",
  ];
}

function redisExporter(role: RedisRole): string[] {
  const server = redisServer(role);
  return [
    `  ${server}-exporter:`,
    "    <<: *hardened",
    "    image: *redis-exporter-image",
    "    environment:",
    `      REDIS_ADDR: redis://${server}:6379`,
    "      REDIS_USER: exporter",
    `      REDIS_PASSWORD: \${${passwordVariable("REDIS", "exporter")}:?password of exporter}`,
    "    mem_limit: 64m",
    "",
  ];
}
