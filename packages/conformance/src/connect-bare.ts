import { connect, type NatsConnection } from "nats";

/** A connection as any program has one that knows nothing of the engine. */
export function connectBare(url: string): Promise<NatsConnection> {
  return connect({ servers: url, name: "conformance" });
}
