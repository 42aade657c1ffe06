export { connectBus } from "./bus.ts";
export { busKeys, deadLetterKeys, type Subjects } from "./bus-keys.ts";
export type { BusOptions } from "./bus-options.ts";
export type { Credentials } from "./connection-options.ts";
export { countDeadLetters } from "./dead-letters.ts";
export { withheldMessage } from "./dry-run.ts";
export {
  CannotConnectError,
  MissingIdempotencyKeyError,
  NotAllowedError,
  NotPublishedError,
  RetryLater,
  Undeliverable,
} from "./errors.ts";
export { ok, refuse } from "./handler-reply.ts";
export { type KeyAccess, type KeyFamily, type KeyRight, keyFamily, keyRight } from "./key-family.ts";
export { type NatsRights, natsRights } from "./nats-rights.ts";
export { type Observer, type ObserverOptions, openObserver, type ServiceStatistics } from "./observer.ts";
export type {
  Bus,
  ConsumeOptions,
  Handler,
  HandlerReply,
  MessageContext,
  PublishOptions,
  Reply,
  RequestContext,
  RequestOptions,
  Retryable,
  ServeOptions,
} from "./types.ts";
