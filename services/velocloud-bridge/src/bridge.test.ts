import {
  getLinksMetricInfo,
  getLinksWithEdgeInfo,
  requestEdgeEvents,
  requestEdgeLinksSeries,
  requestEnterpriseEvents,
  requestEnterprisesEdges,
  requestEnterprisesNames,
  requestGatewayStatusMetrics,
  requestLinksConfiguration,
  requestNetworkEnterpriseEdges,
  requestNetworkGatewayList,
} from "@trunkline/contracts";
import { startService } from "@trunkline/service";
import { eventually, startTestBrokers } from "@trunkline/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { service } from "./service.ts";
import { callsTo, type RunningBridge, startBridge } from "./testing/running-bridge.ts";

const host = "vco1.example.net";
let bridge: RunningBridge;

beforeAll(async () => {
  bridge = await startBridge();
});
afterAll(() => bridge.stop());
afterEach(() => bridge.sandbox.faults.removeAll());

function someEdge() {
  const { edges } = bridge.sandbox.world.network.fleet;
  const edge = edges.find((each) => each.customer.host === host && each.links.length > 1 && each.activatedAt !== null);
  if (edge === undefined) throw new Error("the sandbox has no such edge");
  return edge;
}

const links = () => bridge.brokers.bus.request(getLinksWithEdgeInfo, { host });

test("links of a host are told with their edges, those of another host are not", async () => {
  const reply = await links();
  expect(reply).toMatchObject({ ok: true, status: 200 });
  const edge = someEdge();
  const rows = reply.ok ? reply.body : [];
  expect(rows.filter((row) => row.edgeId === edge.id)).toHaveLength(edge.links.length);
  expect(rows).toContainEqual(
    expect.objectContaining({ host, edgeSerialNumber: edge.serial, edgeState: "CONNECTED", linkState: "STABLE" }),
  );
  expect(new Set(rows.map((row) => row.host))).toEqual(new Set([host]));
});

test("events of an edge tell what has just happened to it", async () => {
  const edge = someEdge();
  const [link] = edge.links;
  const start_date = new Date(Date.now() - 60_000).toISOString();
  bridge.sandbox.world.network.failLink(edge.serial, link?.interface ?? "");
  const reply = await bridge.brokers.bus.request(requestEdgeEvents, {
    edge: { host, enterprise_id: edge.customer.enterpriseId, edge_id: edge.id },
    start_date,
    end_date: new Date(Date.now() + 60_000).toISOString(),
    filter: ["LINK_DEAD", "LINK_ALIVE"],
  });
  bridge.sandbox.world.network.healAll();
  expect(reply.body).toMatchObject([{ event: "LINK_DEAD", message: `Link ${link?.interface} is now DEAD` }]);
});

test("edges of an enterprise, of a host and the links of an edge are told", async () => {
  const edge = someEdge();
  const enterprise_id = edge.customer.enterpriseId;
  const ofEnterprise = await bridge.brokers.bus.request(requestEnterprisesEdges, { host, enterprise_id });
  expect(ofEnterprise.body).toContainEqual(expect.objectContaining({ id: edge.id, serialNumber: edge.serial }));
  const ofHost = await bridge.brokers.bus.request(requestNetworkEnterpriseEdges, { host, enterprise_ids: [] });
  expect(ofHost.body).toContainEqual(expect.objectContaining({ host, serialNumber: edge.serial }));
  const configuration = await bridge.brokers.bus.request(requestLinksConfiguration, {
    host,
    enterprise_id,
    edge_id: edge.id,
  });
  expect(configuration.body).toContainEqual(expect.objectContaining({ interfaces: [edge.links[0]?.interface] }));
});

test("metrics and series of a link tell its trouble", async () => {
  const { network } = bridge.sandbox.world;
  const edge = someEdge();
  const [link] = edge.links;
  network.troubleLink(edge.serial, link?.interface ?? "", { latencyMs: 180 });
  const end = new Date(Date.now() + 1_800_000);
  const interval = { start: new Date().toISOString(), end: end.toISOString() };
  const measured = await bridge.brokers.bus.request(getLinksMetricInfo, { host, interval });
  const payload = {
    enterpriseId: edge.customer.enterpriseId,
    edgeId: edge.id,
    interval: { start: Date.now(), end: end.getTime() },
    metrics: ["bestLatencyMsTx"],
  };
  const series = await bridge.brokers.bus.request(requestEdgeLinksSeries, { host, payload });
  network.healAll();
  expect(measured.body).toContainEqual(
    expect.objectContaining({
      linkId: link?.id,
      bestLatencyMsTx: 180,
      link: expect.objectContaining({ host, edgeSerialNumber: edge.serial }),
    }),
  );
  expect(series.body).toContainEqual(
    expect.objectContaining({
      linkId: link?.id,
      series: [expect.objectContaining({ metric: "bestLatencyMsTx", max: 180 })],
    }),
  );
});

test("events of all edges of an enterprise are told", async () => {
  const edge = someEdge();
  const { network } = bridge.sandbox.world;
  const start_date = new Date(Date.now() - 1_000).toISOString();
  network.failEdge(edge.serial);
  const reply = await bridge.brokers.bus.request(requestEnterpriseEvents, {
    host,
    enterprise_id: edge.customer.enterpriseId,
    start_date,
    end_date: new Date(Date.now() + 60_000).toISOString(),
    filter: ["EDGE_DOWN"],
  });
  network.healAll();
  expect(reply.body).toMatchObject([{ event: "EDGE_DOWN", edgeName: edge.name }]);
});

test("enterprises of all hosts are named, or none", async () => {
  const names = (filter: string[]) => bridge.brokers.bus.request(requestEnterprisesNames, { filter });
  expect((await names([])).body).toEqual(["Acme Foods|90001|", "Fabrikam Retail|90003|", "Northwind Traders|90002|"]);
  expect((await names(["Northwind Traders|90002|"])).body).toEqual(["Northwind Traders|90002|"]);
  bridge.sandbox.faults.add({ system: "velocloud", kind: "503", host: "vco2.example.net", path: "getAggregates" });
  expect(await names([])).toMatchObject({
    status: 500,
    body: "Enterprises of vco2.example.net could not be had (500): Got internal error from Velocloud",
  });
});

test("gateways are listed and measured", async () => {
  const { gateways } = bridge.sandbox.world;
  gateways.fail(host, 6);
  const listed = await bridge.brokers.bus.request(requestNetworkGatewayList, { host });
  gateways.healAll();
  expect(listed.body).toMatchObject([
    { host, id: 5, status: "CONNECTED" },
    { host, id: 6, status: "OFFLINE" },
    { host, id: 7, status: "CONNECTED" },
  ]);
  const interval = { start: new Date(Date.now() - 3_600_000).toISOString(), end: new Date().toISOString() };
  const request = { host, gateway_id: 5, interval, metrics: ["tunnelCount"] };
  expect((await bridge.brokers.bus.request(requestGatewayStatusMetrics, request)).body).toMatchObject({
    tunnelCount: { average: expect.any(Number) },
  });
  expect(await bridge.brokers.bus.request(requestGatewayStatusMetrics, { ...request, gateway_id: 99 })).toMatchObject({
    status: 400,
    body: `Got 400 from Velocloud -> An error occurred while processing your request for gateway 99 and host ${host}`,
  });
});

test("a session that has ended is renewed, and the requester notices nothing", async () => {
  await links();
  const before = (await callsTo(bridge.sandbox, "operatorLogin")).length;
  bridge.sandbox.faults.add({ system: "velocloud", kind: "expired-session", host, times: 1 });
  const replies = await Promise.all([links(), links(), links(), links()]);
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const logins = await callsTo(bridge.sandbox, "operatorLogin");
  expect(logins.slice(before)).toHaveLength(1);
});

test.each([
  ["500", 500, "Got internal error from Velocloud"],
  ["hang-up", 500, "Error while connecting to Velocloud API"],
  ["garbage", 502, "Velocloud's answer could not be read"],
  ["html", 502, "Velocloud's answer could not be read"],
  ["truncated", 502, "Velocloud's answer could not be read"],
  ["404", 404, expect.anything()],
  ["429", 429, expect.anything()],
] as const)("an Orchestrator's %s is told as %i", async (kind, status, body) => {
  bridge.sandbox.faults.add({ system: "velocloud", kind, host, path: "getEnterpriseEdgeLinkStatus" });
  expect(await links()).toMatchObject({ ok: false, status, body });
});

test("an Orchestrator that does not answer is waited for until the requester's deadline, and no longer", async () => {
  bridge.sandbox.faults.add({ system: "velocloud", kind: "stall", host });
  const began = performance.now();
  expect(await bridge.brokers.bus.request(getLinksWithEdgeInfo, { host }, { timeoutMs: 300 })).toMatchObject({
    status: 504,
  });
  expect(performance.now() - began).toBeLessThan(2_000);
});

test("one host's trouble is not another's", async () => {
  bridge.sandbox.faults.add({ system: "velocloud", kind: "hang-up", host });
  const other = await bridge.brokers.bus.request(getLinksWithEdgeInfo, { host: "vco2.example.net" });
  expect(other).toMatchObject({ ok: true, status: 200 });
});

test.each([
  [{}, 'Must include "host" in the body of the request'],
  [{ host: "vco9.example.net" }, "Host vco9.example.net is not one of the configured Velocloud hosts"],
  [{ host: "169.254.169.254" }, "Host 169.254.169.254 is not one of the configured Velocloud hosts"],
  [{ host: "vco1.example.net/portal" }, "Host vco1.example.net/portal is not one of the configured Velocloud hosts"],
])("%j is refused", async (body, text) => {
  expect(await bridge.brokers.bus.request(getLinksWithEdgeInfo, body as { host: string })).toMatchObject({
    status: 400,
    body: text,
  });
});

test("a bridge that starts while an Orchestrator is away is ready for the others, and heals by itself", async () => {
  bridge.sandbox.faults.add({ system: "velocloud", kind: "503", path: "operatorLogin", host });
  const second = await startService(service, { env: bridge.env });
  const ready = () => fetch(`http://127.0.0.1:${second.healthPort}/_ready`);
  await eventually(async () => (await ready()).status === 200);
  bridge.sandbox.faults.removeAll();
  await eventually(async () => (await callsTo(bridge.sandbox, "operatorLogin")).at(-1)?.status === 200);
  await second.stop();
});

test("a bridge that nobody lets in is not ready", async () => {
  bridge.sandbox.faults.add({ system: "velocloud", kind: "503", path: "operatorLogin" });
  const second = await startService(service, { env: bridge.env });
  expect((await fetch(`http://127.0.0.1:${second.healthPort}/_ready`)).status).toBe(503);
  bridge.sandbox.faults.removeAll();
  await eventually(async () => (await fetch(`http://127.0.0.1:${second.healthPort}/_ready`)).status === 200);
  await second.stop();
});

test("wrong credentials are told as 401, by a bridge that is not ready", async () => {
  const VELOCLOUD_CREDENTIALS = `${host}+operator+wrong`;
  const brokers = await startTestBrokers();
  const env = { ...bridge.env, ...brokers.environment(), VELOCLOUD_CREDENTIALS };
  const second = await startService(service, { env });
  expect(await brokers.bus.request(getLinksWithEdgeInfo, { host })).toMatchObject({
    status: 401,
    body: "Login to Velocloud failed",
  });
  expect((await fetch(`http://127.0.0.1:${second.healthPort}/_ready`)).status).toBe(503);
  await second.stop();
  await brokers.stop();
});
