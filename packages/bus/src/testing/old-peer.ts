import { setTimeout as sleep } from "node:timers/promises";
import type { NatsOptions } from "@trunkline/brokers";
import type { Redis } from "ioredis";
import type { Msg, MsgHdrs, NatsConnection } from "nats";
import type { Bus, BusOptions } from "../index.ts";
import { type BusLab, type LogLine, openLab } from "./bus-lab.ts";

/** Brokers of one test file, and a bare NATS client that plays old peers beside as many buses as wanted. */
export interface TestRig {
  readonly brokers: BusLab["brokers"];
  /** Knows nothing of envelopes, headers or claims. */
  readonly peer: NatsConnection;
  readonly redis: Redis;
  open(changes?: Partial<BusOptions>): Promise<OpenedBus>;
  stop(): Promise<void>;
}

export interface OpenedBus {
  readonly bus: Bus;
  readonly log: readonly LogLine[];
  /** The sum of a metric's series that carry these labels. */
  metric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>;
}

export async function startRig(options: NatsOptions = {}): Promise<TestRig> {
  const releases = new AsyncDisposableStack();
  const lab = await openLab(releases, { jetStream: false, ...options });
  return {
    brokers: lab.brokers,
    peer: lab.bare,
    redis: lab.redis,
    async open(changes) {
      const bus = await lab.bus({ service: "test-bridge", ...changes });
      const metric = async (name: string, labels: Readonly<Record<string, string>> = {}) => {
        const { values } = (await bus.registry.getSingleMetric(name)?.get()) ?? { values: [] };
        const wanted = Object.entries(labels);
        return values
          .filter((series) => wanted.every(([label, value]) => Reflect.get(series.labels, label) === value))
          .reduce((sum, series) => sum + series.value, 0);
      };
      return { bus, log: bus.logs, metric };
    },
    stop: () => releases.disposeAsync(),
  };
}

/** Listens for one message on a subject; resolves when the server knows of it. */
export async function listen(peer: NatsConnection, subject: string): Promise<{ readonly message: Promise<Msg> }> {
  const { promise: message, resolve, reject } = Promise.withResolvers<Msg>();
  peer.subscribe(subject, { max: 1, callback: (error, received) => (error ? reject(error) : resolve(received)) });
  await peer.flush();
  return { message };
}

/** Bytes of a header block on the wire. */
export function headerBytes(headers: MsgHdrs | undefined): number {
  if (headers === undefined) return 0;
  const lines = headers.keys().flatMap((name) => headers.values(name).map((value) => `${name}: ${value}\r\n`));
  return Buffer.byteLength(`NATS/1.0\r\n${lines.join("")}\r\n`);
}

/** Milliseconds until a promise is settled, whatever it is settled with. */
export async function durationOf(work: Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work.catch(() => undefined);
  return performance.now() - startedAt;
}

/** Resolves to what the promise resolves to, or to `nothing` when that takes longer. */
export function unlessSilent<T>(work: Promise<T>, milliseconds: number): Promise<T | "nothing"> {
  return Promise.race([work, sleep(milliseconds, "nothing" as const, { ref: false })]);
}
