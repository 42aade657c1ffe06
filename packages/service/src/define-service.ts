import type { MessageContract, RequestContract } from "@trunkline/contracts";
import { commonConfig, redisConfig } from "./config/common-config.ts";
import type { ConfigShape } from "./config/shape.ts";
import { InvalidDefinition } from "./errors.ts";
import { RESERVED_NAMES } from "./service-keys.ts";
import type { ServiceDefinition } from "./types.ts";

/**
 * Declares a service. Permissions, deployment, documentation and `$SRV` metadata are made from what stands here.
 *
 * @throws InvalidDefinition when it contradicts itself
 */
export function defineService<
  const Shape extends ConfigShape,
  const Serves extends readonly RequestContract[],
  const Asks extends readonly RequestContract[],
  const Publishes extends readonly MessageContract[],
  const Consumes extends readonly MessageContract[],
>(
  definition: ServiceDefinition<Shape, Serves, Asks, Publishes, Consumes>,
): ServiceDefinition<Shape, Serves, Asks, Publishes, Consumes> {
  const complaint = complaintAbout(definition);
  if (complaint !== undefined) throw new InvalidDefinition(definition.name, complaint);
  return Object.freeze(definition);
}

type Facts = Omit<ServiceDefinition, "start">;

function complaintAbout(definition: Facts): string | undefined {
  const { name, config, serves, asks, publishes, consumes, redis, schedules, jobs } = definition;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return "its name must be lower case words joined by hyphens";
  if (RESERVED_NAMES.includes(name)) return "its name is the second word of keys that belong to all services";
  const shared = { ...commonConfig, ...redisConfig(redis) };
  const taken = Object.keys(config).find((variable) => variable in shared);
  if (taken !== undefined) return `${taken} is a variable that every service has`;
  const lists = { asks, publishes, answers: [...serves, ...consumes] };
  for (const [list, contracts] of Object.entries(lists)) {
    const twice = firstRepeated(contracts.map(({ subject }) => subject));
    if (twice !== undefined) return `${twice} stands twice in what it ${list}`;
  }
  const stranger = [...serves, ...consumes].find(({ owner }) => owner !== name);
  if (stranger !== undefined) return `${stranger.subject} belongs to ${stranger.owner}`;
  const repeated = firstRepeated(schedules) ?? firstRepeated(jobs);
  return repeated === undefined ? undefined : `${repeated} stands twice in its schedules or jobs`;
}

function firstRepeated(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index);
}
