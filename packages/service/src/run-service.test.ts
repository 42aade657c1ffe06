import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Brokers, startBrokers } from "@trunkline/brokers";
import { type Bus, connectBus } from "@trunkline/bus";
import { pino } from "pino";
import { Registry } from "prom-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChildService, startChild } from "./fixtures/child-service.ts";
import { echo } from "./fixtures/echo-service.ts";

let brokers: Brokers;
let bus: Bus;

beforeAll(async () => {
  brokers = await startBrokers();
  bus = await connectBus({
    servers: brokers.nats.url,
    service: "asker",
    redis: brokers.redis.url,
    environment: { name: "test", production: false },
    logger: pino({ level: "silent" }),
    metrics: new Registry(),
  });
});
afterAll(async () => {
  await bus.drain();
  await brokers.stop();
});

async function startedChild(environment: Record<string, string> = {}): Promise<ChildService> {
  const child = startChild({
    NATS_SERVER1: brokers.nats.url,
    REDIS_HOSTNAME: `127.0.0.1:${brokers.redis.port}`,
    ENVIRONMENT_NAME: "test",
    ...environment,
  });
  await child.line("ready");
  return child;
}

/** Keeps so many requests under way until told to end, and counts the statuses of their answers. */
function load(inFlight: number) {
  const statuses: number[] = [];
  let goesOn = true;
  const ask = async () => {
    while (goesOn) statuses.push((await bus.request(echo, { text: "x" }, { timeoutMs: 8_000 })).status);
  };
  const asking = Promise.all(Array.from({ length: inFlight }, ask));
  return {
    statuses,
    end: async () => {
      goesOn = false;
      await asking;
    },
  };
}

describe("SIGTERM under load", () => {
  test("one of two replicas: no request notices; the last: every request is answered, or told that nobody is there", async () => {
    const [one, two] = await Promise.all([
      startedChild({ DELAY_MS: "30", REPLICA: "one" }),
      startedChild({ DELAY_MS: "30", REPLICA: "two" }),
    ]);
    const { statuses, end } = load(64);
    await expect.poll(() => statuses.length).toBeGreaterThan(300);
    one.kill("SIGTERM");
    expect(await one.exited).toBe(0);
    const before = statuses.length;
    await expect.poll(() => statuses.length).toBeGreaterThan(before + 300);
    expect([...new Set(statuses)]).toEqual([200]);
    two.kill("SIGINT");
    expect(await two.exited).toBe(0);
    await end();
    expect([...new Set(statuses)].sort()).toEqual([200, 503]);
    expect([...one.noise, ...two.noise]).toEqual([]);
  });
});

describe.concurrent("SIGTERM", () => {
  test("while it waits for its brokers: it ends at once", async () => {
    const child = startChild({
      NATS_SERVER1: "nats://127.0.0.1:9",
      REDIS_HOSTNAME: `127.0.0.1:${brokers.redis.port}`,
      ENVIRONMENT_NAME: "test",
    });
    await child.line("cannot reach NATS");
    child.kill("SIGTERM");
    expect(await child.exited).toBe(0);
    expect(child.lines.at(-1)).toMatchObject({ level: "info", msg: "told to stop while starting" });
  });

  test("something that hangs is named, and the process ends with 1", async () => {
    const child = await startedChild({ MODE: "hang", SHUTDOWN_TIMEOUT: "4" });
    child.kill("SIGTERM");
    expect(await child.exited).toBe(1);
    expect(child.lines.at(-1)).toMatchObject({
      level: "fatal",
      err: { message: expect.stringContaining("what the service opened hangs") },
    });
  });

  test("a second one ends it at once", async () => {
    const child = await startedChild({ MODE: "hang", SHUTDOWN_TIMEOUT: "15" });
    child.kill("SIGTERM");
    await child.line("told to stop");
    const insisting = setInterval(() => child.kill("SIGTERM"), 100);
    expect(await child.exited).toBe(1);
    clearInterval(insisting);
    expect(JSON.stringify(child.lines)).not.toContain("hangs");
  });

  test("one that arrives twice, from a terminal and from npm, is one", async () => {
    const child = await startedChild({});
    child.kill("SIGINT");
    child.kill("SIGINT");
    expect(await child.exited).toBe(0);
  });
});

describe.concurrent("trouble", () => {
  test("a bad configuration is told in full, and ends with 1", async () => {
    const child = startChild({ ENVIRONMENT_NAME: "test", API_KEY: "not-to-be-seen", LOG_LEVEL: "loud" });
    expect(await child.exited).toBe(1);
    expect(child.lines.map(({ level, variable }) => [level, variable])).toEqual([
      ["fatal", "NATS_SERVER1"],
      ["fatal", "REDIS_HOSTNAME"],
      ["fatal", "LOG_LEVEL"],
    ]);
  });

  test("brokers that stay away end it with 1 and the reason", async () => {
    const child = startChild({
      NATS_SERVER1: brokers.nats.url,
      REDIS_HOSTNAME: "127.0.0.1:9",
      ENVIRONMENT_NAME: "test",
      START_TIMEOUT: "1",
    });
    expect(await child.exited).toBe(1);
    expect(JSON.stringify(child.lines.at(-1))).toContain("main Redis could not be reached within 1 s");
  });

  test("a rejection that nobody handles ends it with 1; the last line is there, the secret is not", async () => {
    const child = await startedChild({ MODE: "throw", API_KEY: "not-to-be-seen" });
    expect(await child.exited).toBe(1);
    expect(child.lines.at(-1)).toMatchObject({ level: "fatal", err: { message: "nobody caught [concealed]" } });
    expect(JSON.stringify([child.lines, child.noise])).not.toContain("not-to-be-seen");
  });
});

describe("schedules over processes", () => {
  test("the holder of a run is killed (-9): another replica runs the next tick", async () => {
    const environment = { MODE: "hold", SHUTDOWN_TIMEOUT: "1" };
    const replicas = [1, 2].map((number) =>
      startChild({
        NATS_SERVER1: brokers.nats.url,
        REDIS_HOSTNAME: `127.0.0.1:${brokers.redis.port}`,
        ENVIRONMENT_NAME: "test",
        REPLICA: `replica ${number}`,
        ...environment,
      }),
    );
    await Promise.all(replicas.map((replica) => replica.line("ready")));
    const first = await Promise.race(replicas.map((replica) => replica.line("tick begun")));
    const [holder, survivor] = first.replica === "replica 1" ? replicas : replicas.toReversed();
    holder?.kill("SIGKILL");
    const killedAt = Date.now();
    const next = await survivor?.line("tick begun");
    // A lease of a schedule that ticks each second lasts three; the tick that waits for it runs then.
    expect(Date.now() - killedAt).toBeLessThan(30_000);
    expect(Number(next?.fencingToken)).toBeGreaterThan(Number(first.fencingToken));
    survivor?.kill("SIGKILL");
    await Promise.all(replicas.map(({ exited }) => exited.catch(() => undefined)));
  });
});

describe("OpenTelemetry", () => {
  test("exports the spans of requests and runs to where the standard variables point, before it ends", async () => {
    const received: string[] = [];
    const receiver = createServer((request, response) => {
      void read(request).then((body) => {
        received.push(`${request.url} ${body}`);
        response.end();
      });
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => receiver.once("listening", resolve));
    const { port } = receiver.address() as AddressInfo;
    const child = await startedChild({
      MODE: "tick",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    });
    const tick = await child.line("tick begun");
    await bus.request(echo, { text: "x" });
    child.kill("SIGTERM");
    expect(await child.exited).toBe(0);
    receiver.close();
    expect(received.join()).toContain("/v1/traces");
    expect(received.join()).toContain('{"key":"service.name","value":{"stringValue":"echo-service"}}');
    expect(received.join()).toContain("echo.request");
    expect(received.join()).toContain('"name":"schedule tick"');
    expect(received.join()).toContain(`"traceId":"${tick.trace_id}"`);
  });
});

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
