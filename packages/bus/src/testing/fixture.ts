import { type Brokers, startBrokers } from "@trunkline/brokers";
import { Redis } from "ioredis";
import { connect, type NatsConnection, type StoredMsg } from "nats";
import { pino } from "pino";
import { Registry } from "prom-client";
import { connectBus } from "../bus.ts";
import type { BusOptions } from "../bus-options.ts";
import type { Bus } from "../types.ts";

/** Brokers of one test file, a bare client and a bare Redis beside the bus, and buses at will. */
export interface Fixture {
  readonly brokers: Brokers;
  readonly bare: NatsConnection;
  readonly redis: Redis;
  /** Connects a service; it is drained at the end. */
  open(service: string, changes?: Partial<BusOptions>): Promise<OpenBus>;
  /** What a stream holds, oldest first; over a connection of its own, which a restarted server does not disturb. */
  stored(stream: string): Promise<StoredMsg[]>;
  stop(): Promise<void>;
}

export interface OpenBus {
  readonly bus: Bus;
  /** What was logged, as objects. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** The value of one series, 0 when there is none. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>;
}

/** @param options the servers' own, such as `jetStream: false` */
export async function startFixture(options: Parameters<typeof startBrokers>[0] = {}): Promise<Fixture> {
  const brokers = await startBrokers(options);
  const bare = await connect({ servers: brokers.nats.url, reconnectTimeWait: 100, maxReconnectAttempts: -1 });
  const redis = new Redis(brokers.redis.url, { retryStrategy: () => 50 });
  redis.on("error", () => undefined);
  const buses: Bus[] = [];
  return {
    brokers,
    bare,
    redis,
    async open(service, changes = {}) {
      const lines: Record<string, unknown>[] = [];
      const metrics = new Registry();
      const bus = await connectBus({
        servers: brokers.nats.url,
        service,
        redis: brokers.redis.url,
        environment: { name: "test", production: true },
        logger: pino({ level: "debug" }, { write: (line: string) => void lines.push(JSON.parse(line)) }),
        metrics,
        ...changes,
      });
      buses.push(bus);
      return { bus, lines, metric: (name, labels = {}) => seriesValue(metrics, name, labels) };
    },
    async stored(stream) {
      const nc = await connect({ servers: brokers.nats.url });
      const { streams } = await nc.jetstreamManager();
      const { state } = await streams.info(stream);
      const sequences = Array.from({ length: state.messages }, (_, index) => state.first_seq + index);
      const messages = await Promise.all(sequences.map((seq) => streams.getMessage(stream, { seq })));
      await nc.close();
      return messages;
    },
    async stop() {
      await Promise.all(buses.map((bus) => bus.drain()));
      redis.disconnect();
      await bare.close();
      await brokers.stop();
    },
  };
}

async function seriesValue(metrics: Registry, name: string, labels: Readonly<Record<string, string>>): Promise<number> {
  const all = await metrics.getMetricsAsJSON();
  const values = all.flatMap((metric) => metric.values as { metricName?: string; labels: object; value: number }[]);
  const family = all.find((metric) => metric.name === name)?.values as typeof values | undefined;
  const candidates = family ?? values.filter(({ metricName }) => metricName === name);
  const found = candidates.find((value) =>
    Object.entries(labels).every(([label, text]) => Reflect.get(value.labels, label) === text),
  );
  return found?.value ?? 0;
}
