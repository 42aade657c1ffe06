import { type Brokers, type NatsOptions, startBrokers } from "@trunkline/brokers";
import { contractsOf } from "@trunkline/contracts";
import { Redis } from "ioredis";
import { connect, type JetStreamManager, type NatsConnection } from "nats";
import { type Logger, pino } from "pino";
import { Registry } from "prom-client";
import { z } from "zod";
import { type Bus, type BusOptions, connectBus } from "../index.ts";

export type LogLine = Readonly<Record<string, unknown>>;

/** A bus as a service has it, and what an operator sees of it. */
export interface LabBus extends Bus {
  readonly registry: Registry;
  /** What it has logged so far, oldest first. */
  readonly logs: readonly LogLine[];
}

/** Real brokers, buses and a bare client beside them; all of it goes with the stack that it was opened for. */
export interface BusLab {
  readonly brokers: Brokers;
  /** A client that knows nothing of contracts, such as the existing fleet's. */
  readonly bare: NatsConnection;
  readonly streams: JetStreamManager;
  readonly redis: Redis;
  /** Connects a bus, by default one of `lab-bridge` in production. */
  bus(options?: Partial<BusOptions>): Promise<LabBus>;
}

export async function openLab(releases: AsyncDisposableStack, options: NatsOptions = {}): Promise<BusLab> {
  const brokers = await startBrokers(options);
  releases.defer(() => brokers.stop());
  const bare = await connect({ servers: brokers.nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
  releases.defer(() => bare.close());
  const redis = new Redis(brokers.redis.url, { retryStrategy: () => 50 });
  redis.on("error", () => {});
  releases.defer(() => redis.disconnect());
  return {
    brokers,
    bare,
    redis,
    streams: await bare.jetstreamManager({ checkAPI: false }),
    async bus(given = {}) {
      const registry = new Registry();
      const logs: LogLine[] = [];
      const { service = "lab-bridge" } = given;
      const bus = await connectBus({
        servers: brokers.nats.url,
        service,
        redis: brokers.redis.url,
        environment: { name: "lab", production: true },
        logger: collectingLogger(logs).child({ service }),
        metrics: registry,
        drainWithinMs: 1_000,
        ...given,
      });
      releases.defer(() => bus.drain());
      return Object.assign(bus, { registry, logs });
    },
  };
}

function collectingLogger(lines: LogLine[]): Logger {
  return pino({ level: "debug" }, { write: (line) => void lines.push(JSON.parse(line) as LogLine) });
}

/** The value of a series, such as `bus_dropped_total{subject="a",reason="late"}`; undefined when there is none. */
export async function series(registry: Registry, name: string, labels: Record<string, string> = {}) {
  const text = await registry.metrics();
  const line = text.split("\n").find((candidate) => {
    const rest = candidate.slice(name.length);
    if (!candidate.startsWith(name) || !/^[{ ]/.test(rest)) return false;
    return Object.entries(labels).every(([label, value]) => rest.includes(`${label}="${value}"`));
  });
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(" ") + 1));
}

const { request, message } = contractsOf("lab-bridge", "lab");
const body = z.object({ text: z.string() });
const reply = z.looseObject({});
const description = "Of a test.";

let named = 0;

/** A subject that no other test uses. */
function fresh(word: string): string {
  named += 1;
  return `lab.${word}.${process.pid}.${named}`;
}

export function writeContract(timeoutSeconds = 10, subject = fresh("write")) {
  return request({ subject, effect: "write", timeoutSeconds, description, body, reply });
}

export function readContract(timeoutSeconds = 10, subject = fresh("read")) {
  return request({ subject, effect: "read", timeoutSeconds, description, body, reply });
}

export function messageContract(options: { stream?: string; dryRun?: "withhold" | "send" } = {}) {
  return message({ subject: fresh("message"), effect: "write", description, body, ...options });
}
