import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox.ts";
import { thirdPartyClient } from "../../testing/third-party-client.ts";
import { signInToVelocloud, type VelocloudClient } from "../../testing/velocloud-client.ts";
import type { Edge } from "../../world/model.ts";

interface Measured {
  linkId: number;
  bestLatencyMsTx: number;
  bytesRx: number;
  link: { edgeSerialNumber: string };
}

interface Series {
  linkId: number;
  series: { metric: string; startTime: number; data: number[]; total: number; min: number; max: number }[];
}

describe("what an Orchestrator measures", () => {
  const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
  const host = "vco1.example.net";
  let sandbox: Sandbox;
  let operator: VelocloudClient;
  let edge: Edge;

  beforeAll(async () => {
    sandbox = await startSandbox({ clock, fleet: { edges: 12 }, settings: { velocloudSessionSeconds: 999_999 } });
    operator = await signInToVelocloud(thirdPartyClient(sandbox), host);
    [edge] = sandbox.world.network.fleet.edges as [Edge];
  });
  beforeEach(() => {
    sandbox.world.network.healAll();
    sandbox.world.gateways.healAll();
  });
  afterAll(() => sandbox.stop());

  const lastHalfHour = () => ({ start: new Date(clock.now().getTime() - 1_800_000).toISOString(), end: clock.now() });
  const measured = async (more: object = {}) => {
    const body = { interval: lastHalfHour(), ...more };
    return (await operator.call("monitoring/getAggregateEdgeLinkMetrics", body)).json<Measured[]>();
  };
  const series = async (interval: object, metrics?: string[]) => {
    const body = { enterpriseId: edge.customer.enterpriseId, edgeId: edge.id, interval, metrics };
    return (await operator.call("metrics/getEdgeLinkSeries", body)).json<Series[]>();
  };
  const tunnels = async (gatewayId = 5) => {
    const body = { gatewayId, interval: lastHalfHour(), metrics: ["tunnelCount"] };
    const answer = await operator.call("metrics/getGatewayStatusMetrics", body);
    return answer.json<{ tunnelCount: { min: number; max: number; average: number; total: number } }>().tunnelCount;
  };

  it("tells a link's trouble in its metrics, while it lasts", async () => {
    const [link] = edge.links;
    const latency = async () => (await measured()).find(({ linkId }) => linkId === link?.id)?.bestLatencyMsTx;
    expect(await latency()).toBeLessThan(60);
    sandbox.world.network.troubleLink(edge.serial, "GE1", { latencyMs: 180 });
    clock.advance(1_800_000);
    expect(await latency()).toBe(180);
    sandbox.world.network.healLink(edge.serial, "GE1");
    expect(await latency()).toBeLessThan(60);
  });

  it("leaves out links that were dead for a day", async () => {
    sandbox.world.network.failLink(edge.serial, "GE2");
    clock.advance(1_800_000);
    const ofEdge = async () => (await measured()).filter(({ link }) => link.edgeSerialNumber === edge.serial);
    expect((await ofEdge()).map(({ bytesRx }) => bytesRx > 0)).toEqual([true, false]);
    clock.advance(86_400_000);
    expect(await ofEdge()).toHaveLength(1);
  });

  it("is narrowed to metrics when some are named", async () => {
    const [first] = await measured({ metrics: ["bytesRx"] });
    expect(first).toMatchObject({ bytesRx: expect.any(Number) });
    expect(first).not.toHaveProperty("bestLatencyMsTx");
  });

  it("comes as series of five-minute values", async () => {
    const start = Date.parse("2026-03-01T10:00:00Z");
    const [first] = await series({ start, end: start + 900_000 }, ["bytesRx"]);
    expect(first?.series).toMatchObject([{ metric: "bytesRx", startTime: start, tickInterval: 300_000 }]);
    const [{ data, total, min, max } = { data: [], total: 0, min: 0, max: 0 }] = first?.series ?? [];
    expect(data).toHaveLength(3);
    expect([total, min, max]).toEqual([
      data.reduce((sum, value) => sum + value, 0),
      Math.min(...data),
      Math.max(...data),
    ]);
  });

  it("has no series for less than a quarter of an hour, and never more than 1,024 values", async () => {
    const end = clock.now().getTime();
    expect(await series({ start: end - 899_999, end })).toEqual([]);
    const [long] = await series({ start: end - 30 * 86_400_000, end }, ["scoreTx"]);
    expect(long?.series[0]?.data).toHaveLength(1_024);
  });

  it("tells gateways that are offline, and tunnels that were lost", async () => {
    const usual = await tunnels();
    expect(usual.total).toBe(usual.average * 6);
    sandbox.world.gateways.loseTunnels(host, 5, 0.5);
    clock.advance(1_800_000);
    expect((await tunnels()).max).toBe(Math.round(usual.max / 2));
    sandbox.world.gateways.fail(host, 5);
    clock.advance(1_800_000);
    expect(await tunnels()).toEqual({ min: 0, max: 0, average: 0, total: 0 });
    const listed = (await operator.call("network/getNetworkGateways")).json<{ id: number; gatewayState: string }[]>();
    expect(listed.map(({ id, gatewayState }) => [id, gatewayState])).toEqual([
      [5, "OFFLINE"],
      [6, "CONNECTED"],
      [7, "CONNECTED"],
    ]);
  });

  it("names the enterprises of the host", async () => {
    const answer = await operator.call("monitoring/getAggregates");
    const { edgeCount, enterprises } = answer.json<{ edgeCount: number; enterprises: { name: string }[] }>();
    expect(enterprises.map(({ name }) => name)).toEqual(["Acme Foods|90001|", "Fabrikam Retail|90003|"]);
    expect(edgeCount).toBe(10);
  });

  it.each([
    ["monitoring/getAggregateEdgeLinkMetrics", {}],
    ["monitoring/getAggregateEdgeLinkMetrics", { interval: { start: 1 }, metrics: ["bandwidth"] }],
    ["metrics/getEdgeLinkSeries", { enterpriseId: 12, edgeId: 1, interval: { start: 1 } }],
    ["metrics/getGatewayStatusMetrics", { gatewayId: 99, interval: { start: 1 } }],
    ["metrics/getGatewayStatusMetrics", { gatewayId: 5, interval: { start: 1 }, metrics: ["bytesRx"] }],
  ])("refuses %s of %j with 400", async (method, body) => {
    expect((await operator.call(method, body)).status).toBe(400);
  });
});
