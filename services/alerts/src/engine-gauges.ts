import { countDeadLetters } from "@trunkline/bus";
import type { Clock } from "@trunkline/clock";
import { readVitalSigns } from "@trunkline/service";
import type { Redis } from "ioredis";
import { Gauge, type Registry } from "prom-client";

export interface EngineGaugeOptions {
  readonly metrics: Registry;
  readonly redis: Redis;
  readonly environment: string;
  readonly clock: Clock;
}

/** A scrape is not held up by a Redis that is away. */
const LONGEST_LOOK_MS = 2_000;

/**
 * What Redis knows about the whole engine, as metrics. Each is read when it is asked for: true over all replicas and
 * after restarts of whatever it is about, and absent when Redis does not answer.
 */
export function engineGauges({ metrics, redis, environment, clock }: EngineGaugeOptions): void {
  const ageOf = (moment: Date) => (clock.now().getTime() - moment.getTime()) / 1000;
  const gauge = (shape: Shape, read: () => Promise<readonly Reading[]>) =>
    new Gauge({
      ...shape,
      registers: [metrics],
      async collect() {
        const readings = await inTime(read());
        this.reset();
        for (const { labels, value } of readings) this.set(labels, value);
      },
    });
  gauge(
    {
      name: "engine_service_silence_seconds",
      help: "Time since a replica of the service was ready",
      labelNames: ["watched"],
    },
    async () => {
      const { alive } = await readVitalSigns(redis, environment);
      return [...alive].map(([watched, at]) => ({ labels: { watched }, value: ageOf(at) }));
    },
  );
  gauge(
    {
      name: "engine_schedule_age_seconds",
      help: "Time since a run of the schedule succeeded, or since the schedule was first known",
      labelNames: ["watched", "schedule", "key"],
    },
    async () => {
      const { succeeded } = await readVitalSigns(redis, environment);
      return [...succeeded].map(([id, at]) => {
        const [watched = "", schedule = "", ...key] = id.split(":");
        return { labels: { watched, schedule, key: key.join(":") }, value: ageOf(at) };
      });
    },
  );
  gauge(
    {
      name: "engine_dead_letters",
      help: "Messages that could not be processed, ever, by their subject",
      labelNames: ["subject"],
    },
    async () => {
      const counts = await countDeadLetters(redis, environment);
      return [...counts].map(([subject, value]) => ({ labels: { subject }, value }));
    },
  );
}

interface Shape {
  readonly name: string;
  readonly help: string;
  readonly labelNames: string[];
}

interface Reading {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

async function inTime(reading: Promise<readonly Reading[]>): Promise<readonly Reading[]> {
  const late = new Promise<readonly Reading[]>((resolve) => setTimeout(resolve, LONGEST_LOOK_MS, []).unref());
  return Promise.race([reading, late]).catch(() => []);
}
