import { type ConfigRow, describeConfig, type RedisRole, type ServiceDefinition } from "@trunkline/service";
import { type Resources, resourcesOf } from "./resources.ts";

/** What compose and Kubernetes need to know of a service. */
export interface Deployment {
  readonly name: string;
  readonly summary: string;
  /** It wraps a third party, and any number of replicas share the requests. */
  readonly isBridge: boolean;
  readonly callsThirdParties: boolean;
  /** Services that it asks, in alphabetical order: they start first. */
  readonly asks: readonly string[];
  /** Every Redis that it uses. */
  readonly redis: readonly RedisRole[];
  /** Its own variables, without those that every service has and the addresses of brokers. */
  readonly variables: readonly ConfigRow[];
  readonly resources: Resources;
}

export type Deployable = Omit<ServiceDefinition, "start">;

/** Every service, in alphabetical order. */
export function deploymentsOf(definitions: readonly Deployable[]): Deployment[] {
  return definitions.toSorted((one, other) => one.name.localeCompare(other.name, "en")).map(deploymentOf);
}

function deploymentOf(definition: Deployable): Deployment {
  const { name, summary, serves, asks, redis, config } = definition;
  const common = new Set(describeConfig({ config: {}, redis }).map(({ variable }) => variable));
  const owners = new Set(asks.map(({ owner }) => owner));
  const callsThirdParties = "HOST_ALIASES" in config;
  return {
    name,
    summary,
    isBridge: callsThirdParties && serves.length > 0,
    callsThirdParties,
    asks: [...owners].filter((owner) => owner !== name).sort(),
    redis: [...new Set<RedisRole>(["main", ...redis])],
    variables: describeConfig(definition).filter(({ variable }) => !common.has(variable)),
    resources: resourcesOf(name),
  };
}

/** Every Redis that some service uses, the main one first. */
export function redisRoles(deployments: readonly Deployment[]): RedisRole[] {
  return [...new Set<RedisRole>(["main", ...deployments.flatMap(({ redis }) => redis)])];
}

/** The host name of a Redis, where we run it ourselves. */
export function redisServer(role: RedisRole): string {
  return role === "main" ? "redis" : `redis-${role}`;
}
