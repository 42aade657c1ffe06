export { type BoundChild, type BoundChildOptions, startBoundChild } from "./bound-child.ts";
export { startBrokers } from "./brokers.ts";
export { BrokerFailedError, BrokerNotFoundError } from "./errors.ts";
export { findProgram } from "./find-program.ts";
export { startNats } from "./nats.ts";
export { type NatsCluster, type NatsClusterOptions, startNatsCluster } from "./nats-cluster.ts";
export { portToTry } from "./ports.ts";
export { startRedis } from "./redis.ts";
export type { Broker, BrokerOptions, Brokers, NatsOptions, RedisOptions } from "./types.ts";
