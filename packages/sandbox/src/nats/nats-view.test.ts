import { type Brokers, startBrokers } from "@trunkline/brokers";
import { type Bus, connectBus, ok } from "@trunkline/bus";
import { getLinksWithEdgeInfo, slackNotification } from "@trunkline/contracts";
import { pino } from "pino";
import { Registry } from "prom-client";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { DiscoveredService } from "../control/nats-view.ts";
import type { Traffic } from "../control/traffic.ts";
import { type Sandbox, startSandbox } from "../sandbox.ts";

describe("the engine's NATS, seen through the sandbox", () => {
  const releases = new AsyncDisposableStack();
  let brokers: Brokers;
  let sandbox: Sandbox;

  beforeAll(async () => {
    brokers = await startBrokers();
    releases.defer(() => brokers.stop());
    sandbox = await startSandbox({ natsUrl: brokers.nats.url, fleet: { edges: 3 } });
    releases.defer(() => sandbox.stop());
  });
  afterAll(() => releases.disposeAsync());

  async function join(service: string): Promise<Bus> {
    const bus = await connectBus({
      servers: sandbox.env(service).NATS_SERVER1 ?? "",
      service,
      redis: brokers.redis.url,
      environment: { name: "test", production: true },
      logger: pino({ level: "silent" }),
      metrics: new Registry(),
    });
    releases.defer(() => bus.drain());
    return bus;
  }
  const get = async <Shape>(path: string) => (await (await fetch(sandbox.console.url + path)).json()) as Shape;
  const host = "vco1.example.net";

  it("refuses at once what nobody serves: looking on makes no listener", async () => {
    const bus = await join("early-monitor");
    const start = performance.now();
    const reply = await bus.request(getLinksWithEdgeInfo, { host }, { timeoutMs: 10_000 });
    expect(reply).toMatchObject({ ok: false, status: 503 });
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it("shows requests with their replies, and the services with their counts", async () => {
    const [bridge, monitor] = [await join("velocloud-bridge"), await join("monitor")];
    await bridge.serve(getLinksWithEdgeInfo, async () => ok([]));
    expect(await monitor.request(getLinksWithEdgeInfo, { host }, { requestId: "r-42" })).toMatchObject({ ok: true });

    const traffic = (await get<Traffic[]>("/api/nats")).filter(({ requestId }) => requestId === "r-42");
    expect(traffic.map(({ subject, direction }) => [subject, direction])).toEqual([
      ["get.links.with.edge.info", "request"],
      ["get.links.with.edge.info", "reply"],
    ]);
    expect(traffic[0]?.preview).toContain('"host":"vco1.example.net"');

    const services = await get<DiscoveredService[]>("/api/services");
    const found = services.find(({ name }) => name === "velocloud-bridge");
    expect(found?.endpoints).toMatchObject([
      { subject: "get.links.with.edge.info", queue_group: "velocloud_bridge", num_requests: 1, num_errors: 0 },
    ]);
  });

  it("has the engine tell people something", async () => {
    const notifier = await join("notifier");
    const told: unknown[] = [];
    await notifier.consume(slackNotification, async ({ message }) => void told.push(message), { durable: "notifier" });
    const response = await fetch(`${sandbox.console.url}/api/notify`, {
      method: "POST",
      body: JSON.stringify({ channel: "slack", text: "hello from the console" }),
    });
    expect(response.status).toBe(202);
    await vi.waitFor(() => expect(told).toEqual(["hello from the console"]), 5_000);
  });

  it("lets everybody find a restarted server again", async () => {
    const bus = await join("patient-monitor");
    await brokers.nats.kill();
    await vi.waitFor(() => expect(bus.connected).toBe(false), 5_000);
    expect(await get<DiscoveredService[]>("/api/services")).toEqual([]);
    await brokers.nats.restart();
    await vi.waitFor(() => expect(bus.connected).toBe(true), 10_000);
    await vi.waitFor(async () => expect(await get<DiscoveredService[]>("/api/services")).not.toEqual([]), 10_000);
  });
});
