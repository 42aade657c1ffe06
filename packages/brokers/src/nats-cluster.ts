import { startNats } from "./nats.ts";
import { portToTry } from "./ports.ts";
import type { Broker, NatsOptions } from "./types.ts";

/** Servers that know each other and share their streams. */
export interface NatsCluster {
  readonly servers: readonly Broker[];
  stop(): Promise<void>;
}

export interface NatsClusterOptions extends Pick<NatsOptions, "configuration" | "environment" | "maxPayload"> {
  /** @default 3 */
  readonly size?: number;
}

/**
 * Starts servers of a cluster, as programs of this machine. Each answers when it resolves; who leads is then still
 * being chosen, so that JetStream may take some seconds longer.
 */
export async function startNatsCluster({ size = 3, ...options }: NatsClusterOptions = {}): Promise<NatsCluster> {
  const ports = new Set<number>();
  while (ports.size < size) ports.add(portToTry());
  const routes = [...ports].map((port) => `nats://127.0.0.1:${port}`).join(", ");
  const starting = [...ports].map((port) => {
    const cluster = `cluster { name: trunkline, listen: "127.0.0.1:${port}", routes: [${routes}] }`;
    return startNats({ ...options, configuration: [options.configuration ?? "", cluster].join("\n"), prefer: "local" });
  });
  const outcomes = await Promise.allSettled(starting);
  const servers = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  const failure = outcomes.find((outcome) => outcome.status === "rejected");
  if (failure === undefined) return { servers, stop };
  await stop();
  throw failure.reason;
}
