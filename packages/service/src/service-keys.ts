import { busKeys, type KeyFamily, type KeyRight, keyFamily, keyRight } from "@trunkline/bus";
import type { RedisRole } from "./config/shape.ts";
import type { ServiceDefinition } from "./types.ts";

/** When services were last alive, and when schedules last succeeded. */
export const vitalSignKeys = {
  alive: keyFamily(":alive", { rest: "", access: "write" }),
  succeeded: keyFamily(":succeeded", { rest: "", access: "write" }),
};
/** Leases of a service's schedules. */
export const scheduleKeys = (service: string): KeyFamily => keyFamily(`:schedule:${service}`, { rest: ":*" });
/** Queues of delayed jobs, of all kinds and of one. */
export const jobsKeys = keyFamily(":jobs", { rest: ":*" });
const jobKeys = (kind: string): KeyFamily => keyFamily(`${jobsKeys.prefix}:${kind}`, { rest: ":*" });
/** What a service keeps for itself. */
export const ownKeys = (service: string): KeyFamily => keyFamily(`:${service}`, { rest: ":*" });

/** Second words of keys that are no service's own. */
export const RESERVED_NAMES = ["alive", "dead-letters", "jobs", "schedule", "succeeded"];

type Definition = Omit<ServiceDefinition, "start" | "config" | "summary">;

/** The keys that a service needs in a Redis, as its definition says. */
export function redisKeys(definition: Definition, role: RedisRole, environment: string): KeyRight[] {
  const declared = (definition.keys?.[role] ?? []).map((family) => keyRight(environment, family));
  if (role !== "main") return declared;
  const { name, schedules, jobs } = definition;
  const families = [
    vitalSignKeys.alive,
    ...(schedules.length > 0 ? [vitalSignKeys.succeeded, scheduleKeys(name)] : []),
    ...jobs.map((kind) => jobKeys(kind)),
    ownKeys(name),
  ];
  return [...busKeys(definition, environment), ...families.map((family) => keyRight(environment, family)), ...declared];
}
