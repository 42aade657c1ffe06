import { type Brokers, startBrokers } from "@trunkline/brokers";
import { connectBus, ok } from "@trunkline/bus";
import { movableClock } from "@trunkline/clock";
import { contractsOf } from "@trunkline/contracts";
import { Redis } from "ioredis";
import { pino } from "pino";
import { Registry } from "prom-client";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { ConfigError, NotServed, StartCancelled, StartTimedOut } from "./errors.ts";
import { echo, echoService } from "./fixtures/echo-service.ts";
import { type RunningService, startService } from "./start-service.ts";
import type { ServiceDefinition, ServiceParts } from "./types.ts";
import { readVitalSigns } from "./vital-signs.ts";

const logger = pino({ level: "silent" });
const running: RunningService[] = [];
let brokers: Brokers;

beforeAll(async () => {
  brokers = await startBrokers();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()));
});
afterAll(() => brokers.stop());

let environments = 0;

/** Each service has an environment to itself, so that none finds the leases of another. */
function environment(changes: Record<string, string> = {}): Record<string, string> {
  environments += 1;
  return {
    NATS_SERVER1: brokers.nats.url,
    REDIS_HOSTNAME: `127.0.0.1:${brokers.redis.port}`,
    ENVIRONMENT_NAME: `test-${environments}`,
    HEALTH_PORT: "0",
    METRICS_PORT: "0",
    ...changes,
  };
}

async function start(definition: ServiceDefinition, changes: Record<string, string> = {}): Promise<RunningService> {
  const service = await startService(definition, { env: environment(changes), logger });
  running.push(service);
  return service;
}

/** A service that only does what its `start` says. */
function serviceWith(changes: Partial<ServiceDefinition>): ServiceDefinition {
  const { start: _start, serves: _serves, ...rest } = echoService;
  return { ...rest, serves: [], start: async () => undefined, ...changes };
}

async function get(port: number, path: string): Promise<{ status: number; body: unknown; type: string | null }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  const type = response.headers.get("content-type");
  const text = await response.text();
  return { status: response.status, type, body: type === "application/json" ? JSON.parse(text) : text };
}

async function ask(text: string) {
  const bus = await connectBus({
    servers: brokers.nats.url,
    service: "asker",
    redis: brokers.redis.url,
    environment: { name: "test", production: false },
    logger,
    metrics: new Registry(),
  });
  try {
    return await bus.request(echo, { text });
  } finally {
    await bus.drain();
  }
}

describe("a running service", () => {
  test("answers on NATS, says that it lives and is ready, and shows its metrics", async () => {
    const service = await start(echoService);
    expect(await ask("hello")).toMatchObject({ ok: true, body: { text: "hello", replica: "one" } });
    expect(await get(service.healthPort, "/_health")).toEqual({ status: 200, type: "application/json", body: null });
    expect(await get(service.healthPort, "/_ready")).toMatchObject({ status: 200, body: { ready: true, failing: [] } });
    const { body } = await get(service.metricsPort, "/metrics");
    expect(body).toMatch(/nodejs_eventloop_lag_seconds\{service="echo-service",version="[\d.]+"\}/);
    expect(await get(service.healthPort, "/other")).toMatchObject({ status: 404 });
    expect(await fetch(`http://127.0.0.1:${service.healthPort}/_health`, { method: "POST" })).toMatchObject({
      status: 405,
    });
  });

  test("shares a process with others", async () => {
    const [one, two] = [await start(echoService), await start(serviceWith({ name: "other-service" }))];
    expect(one.healthPort).not.toBe(two.healthPort);
    const { body } = await get(two.metricsPort, "/metrics");
    expect(body).toContain('service="other-service"');
    expect(body).not.toContain('service="echo-service"');
  });

  test("is red while NATS or Redis is away, says which, and green again by itself", { timeout: 40_000 }, async () => {
    const own = await startBrokers();
    const { healthPort } = await start(echoService, {
      NATS_SERVER1: own.nats.url,
      REDIS_HOSTNAME: `127.0.0.1:${own.redis.port}`,
    });
    const ready = () => get(healthPort, "/_ready");
    for (const [broker, name] of [
      [own.nats, "nats"],
      [own.redis, "redis main"],
    ] as const) {
      await broker.kill();
      await vi.waitFor(async () => {
        expect(await ready()).toMatchObject({ status: 503, body: { ready: false, failing: [name] } });
      }, 5_000);
      expect(await get(healthPort, "/_health")).toMatchObject({ status: 200 });
      await broker.restart();
      await vi.waitFor(async () => expect(await ready()).toMatchObject({ status: 200 }), 10_000);
    }
    await running.pop()?.stop();
    await own.stop();
  });

  test("is red until its own conditions hold", async () => {
    let loggedIn = false;
    const { healthPort } = await start(
      serviceWith({
        start: async ({ readyWhen }) => {
          readyWhen("first login", () => loggedIn);
        },
      }),
    );
    expect(await get(healthPort, "/_ready")).toMatchObject({ status: 503, body: { failing: ["first login"] } });
    loggedIn = true;
    expect(await get(healthPort, "/_ready")).toMatchObject({ status: 200 });
  });

  test("works with the clock that it is given, delayed jobs included", async () => {
    const clock = movableClock(new Date("2026-01-01T00:00:00Z"));
    const due: Date[] = [];
    const kind = { name: "recheck", data: z.object({}) };
    const definition = serviceWith({
      jobs: ["recheck"],
      start: async ({ jobs, ...parts }) => {
        const inAnHour = new Date(parts.clock.now().getTime() + 3_600_000);
        await jobs.schedule(kind, { key: "a", dueAt: inAnHour, data: {} });
        await jobs.work(kind, async () => void due.push(parts.clock.now()));
      },
    });
    const service = await startService(definition, { env: environment(), logger, clock });
    running.push(service);
    expect(await service.promoteDueJobs()).toBe(0);
    clock.advance(3_600_000);
    expect(await service.promoteDueJobs()).toBe(1);
    await vi.waitFor(() => expect(due).toEqual([new Date("2026-01-01T01:00:00Z")]));
  });

  test("runs schedules and jobs that it declares", async () => {
    const done: string[] = [];
    const kind = { name: "recheck", data: z.object({ serial: z.string() }) };
    await start(
      serviceWith({
        schedules: ["tick"],
        jobs: ["recheck"],
        start: async ({ schedule, jobs, clock }) => {
          await jobs.work(kind, async ({ serial }) => {
            done.push(`recheck ${serial}`);
          });
          await schedule({ name: "tick", every: 600, atStart: true }, async () => {
            done.push("tick");
            await jobs.schedule(kind, { key: "a", dueAt: clock.now(), data: { serial: "VC1" } });
          });
        },
      }),
    );
    await vi.waitFor(() => expect(done).toEqual(["tick", "recheck VC1"]));
  });
});

describe("a start that fails", () => {
  const other = contractsOf("other-service", "other").request({
    subject: "other.request",
    effect: "read",
    timeoutSeconds: 1,
    description: "Belongs to somebody else.",
    body: z.object({}),
    reply: z.object({}),
  });

  test("for its configuration names every variable", async () => {
    const failure = startService(echoService, { env: { HEALTH_PORT: "high" }, logger });
    await expect(failure).rejects.toThrow(ConfigError);
    await expect(failure).rejects.toThrow(/NATS_SERVER1.*REDIS_HOSTNAME.*HEALTH_PORT/s);
  });

  test("because something declared is not served, names it and leaves nothing open", async () => {
    const port = await freePort();
    const forgetful = { ...echoService, start: async () => undefined } as ServiceDefinition;
    await expect(start(forgetful, { HEALTH_PORT: String(port) })).rejects.toThrow(new NotServed(["echo.request"]));
    await expect(get(port, "/_health")).rejects.toThrow("fetch failed");
    expect(await ask("anybody?")).toMatchObject({ ok: false, status: 503 });
  });

  const undeclared: [string, (parts: ServiceParts) => Promise<unknown>][] = [
    ["serve", ({ bus }) => bus.serve(other as never, async () => ok({}))],
    ["request", ({ bus }) => bus.request(other as never, {} as never)],
    ["publish", ({ bus }) => bus.publish(other as never, {} as never)],
    ["consume", ({ bus }) => bus.consume(other as never, async () => undefined)],
    ["schedule", ({ schedule }) => schedule({ name: "other.request", every: 1 }, async () => undefined)],
    ["job", ({ jobs }) => jobs.cancel({ name: "other.request", data: z.unknown() }, "key")],
    ["Redis", async ({ redis }) => redis("customer-cache")],
  ];
  test.each(undeclared)("because of an undeclared %s, names it", async (_name, use) => {
    const definition = serviceWith({
      start: async (parts) => {
        await use(parts);
      },
    });
    await expect(start(definition)).rejects.toThrow(/(other\.request|customer-cache) is missing in the definition/);
  });

  test("because NATS is not there, says so after its time; until then it is alive and red", async () => {
    const [port, nobody] = [await freePort(), await freePort()];
    const failure = start(echoService, {
      HEALTH_PORT: String(port),
      NATS_SERVER1: `nats://127.0.0.1:${nobody}`,
      START_TIMEOUT: "1",
    });
    const expected = expect(failure).rejects.toThrow(StartTimedOut);
    await vi.waitFor(async () => {
      expect(await get(port, "/_health")).toMatchObject({ status: 200 });
      expect(await get(port, "/_ready")).toMatchObject({ status: 503, body: { failing: ["starting", "nats"] } });
    });
    await expected;
    await expect(failure).rejects.toThrow(/NATS could not be reached within 1 s: .*refused/i);
  });

  test("because Redis is not there, says why", async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const failure = start(echoService, { REDIS_HOSTNAME: address, START_TIMEOUT: "1" });
    await expect(failure).rejects.toThrow(/main Redis could not be reached within 1 s: connect ECONNREFUSED/);
  });

  test("because it is told to stop while it waits", async () => {
    const cancel = new AbortController();
    const env = environment({ NATS_SERVER1: `nats://127.0.0.1:${await freePort()}` });
    const failure = startService(echoService, { env, logger, signal: cancel.signal });
    cancel.abort();
    await expect(failure).rejects.toThrow(StartCancelled);
  });
});

describe("stopping", () => {
  test("releases what was opened in reverse, once, and goes on after a failure", async () => {
    const released: string[] = [];
    const service = await start(
      serviceWith({
        start: async ({ onStop }) => {
          onStop(() => void released.push("first"));
          onStop(() => {
            released.push("second");
            throw new Error("cannot close");
          });
          onStop(async () => void released.push("third"));
        },
      }),
    );
    running.pop();
    await expect(service.stop()).rejects.toThrow("cannot close");
    await expect(service.stop()).rejects.toThrow("cannot close");
    expect(released).toEqual(["third", "second", "first"]);
    await expect(get(service.healthPort, "/_health")).rejects.toThrow("fetch failed");
  });

  test("is red while work is finished, and finishes it", async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const service = await start(
      serviceWith({
        schedules: ["tick"],
        start: async ({ schedule }) => {
          await schedule({ name: "tick", every: 600, atStart: true }, async () => {
            begun.resolve();
            await gate.promise;
          });
        },
      }),
    );
    await begun.promise;
    const stopped = service.stop();
    expect(await get(service.healthPort, "/_ready")).toMatchObject({ status: 503, body: { failing: ["stopping"] } });
    gate.resolve();
    await stopped;
  });
});

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("a service that is ready leaves signs of life, and so does a schedule whose run succeeds", async () => {
  const redis = new Redis(brokers.redis.url);
  try {
    const before = Date.now();
    await start(
      serviceWith({
        schedules: ["watch"],
        start: async ({ schedule }) => {
          await schedule({ name: "watch", key: "vco1", every: 3600, atStart: true }, async () => {});
        },
      }),
    );
    await vi.waitFor(async () => {
      const { alive, succeeded } = await readVitalSigns(redis, `test-${environments}`);
      expect(alive.get(echoService.name)?.getTime()).toBeGreaterThanOrEqual(before);
      expect(succeeded.get(`${echoService.name}:watch:vco1`)?.getTime()).toBeGreaterThanOrEqual(before);
    });
  } finally {
    redis.disconnect();
  }
});
