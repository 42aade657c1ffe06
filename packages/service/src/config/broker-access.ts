import type { Credentials } from "@trunkline/bus";
import type { RedisOptions } from "ioredis";
import type { CommonConfig } from "../types.ts";
import { redisUrl } from "./redis-address.ts";

/** How a service reaches one Redis. */
export interface RedisAccess {
  readonly url: string;
  readonly options: RedisOptions;
}

/** How a service reaches NATS. */
export interface NatsAccess {
  readonly servers: string;
  readonly credentials: Credentials | undefined;
  readonly tls: { readonly ca: string } | undefined;
}

type BrokerConfig = Pick<
  CommonConfig,
  "NATS_SERVER1" | "NATS_USER" | "NATS_PASSWORD" | "REDIS_USERNAME" | "REDIS_PASSWORD" | "BROKER_CA"
>;

/** A service is a user of its own name unless it is told another one. What an address says goes first. */
export function natsAccess(service: string, config: BrokerConfig): NatsAccess {
  const { NATS_SERVER1: servers, NATS_USER: user = service, NATS_PASSWORD: password, BROKER_CA: ca } = config;
  return {
    servers,
    credentials: password === undefined ? undefined : { user, password },
    tls: ca === undefined ? undefined : { ca },
  };
}

/** @param address as the configuration has it, checked before */
export function redisAccess(service: string, address: string, config: BrokerConfig): RedisAccess {
  const { REDIS_USERNAME: username = service, REDIS_PASSWORD: password, BROKER_CA: ca } = config;
  const url = redisUrl(address) ?? "";
  return {
    // With `rediss://` the client would take the machine's authorities and not look at the one that it is given.
    url: ca === undefined ? url : url.replace(/^rediss:/, "redis:"),
    options: {
      ...(password === undefined ? {} : { username, password }),
      ...(ca === undefined ? {} : { tls: { ca } }),
    },
  };
}
