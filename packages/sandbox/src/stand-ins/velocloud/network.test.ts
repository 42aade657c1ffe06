import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox.ts";
import { thirdPartyClient } from "../../testing/third-party-client.ts";
import { signInToVelocloud, type VelocloudClient } from "../../testing/velocloud-client.ts";
import type { Edge } from "../../world/model.ts";

interface Row {
  edgeId: number;
  edgeName: string;
  edgeState: string;
  edgeSerialNumber: string;
  edgeHASerialNumber: string | null;
  edgeLastContact: string;
  enterpriseName: string;
  interface: string | null;
  linkState: string | null;
}

interface Event {
  event: string;
  message: string;
  eventTime: string;
  edgeName: string;
}

describe("what an Orchestrator tells of the network", () => {
  const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
  let sandbox: Sandbox;
  let operator: VelocloudClient;
  let edge: Edge;

  beforeAll(async () => {
    sandbox = await startSandbox({ clock, fleet: { edges: 30 } });
    operator = await signInToVelocloud(thirdPartyClient(sandbox), "vco1.example.net");
    [edge] = sandbox.world.network.fleet.edges as [Edge];
  });
  beforeEach(() => {
    sandbox.world.network.healAll();
    clock.advance(60_000);
  });
  afterAll(() => sandbox.stop());

  const rows = async (id = edge.id) => {
    const answer = await operator.call("monitoring/getEnterpriseEdgeLinkStatus");
    return answer.json<Row[]>().filter(({ edgeId }) => edgeId === id);
  };
  const events = async (since: Date, options: object = {}) => {
    const { enterpriseId } = edge.customer;
    const interval = { start: since.toISOString(), end: clock.now().toISOString() };
    const body = { enterpriseId, edgeId: [edge.id], interval, filter: { limit: null }, ...options };
    return (await operator.call("event/getEnterpriseEvents", body)).json<{ data: Event[]; metaData: object }>();
  };

  it("has one row for each link, named after the desk's convention", async () => {
    const found = await rows();
    expect(found.map((row) => row.interface)).toEqual(["GE1", "GE2"]);
    expect(found[0]?.enterpriseName).toBe("Acme Foods|90001|");
    expect(found[0]?.edgeHASerialNumber).toBeNull();
  });

  it("has one row without a link for an edge that has none", async () => {
    const spare = sandbox.world.network.fleet.edges.find(({ links }) => links.length === 0);
    expect(await rows(spare?.id)).toMatchObject([
      { edgeState: "NEVER_ACTIVATED", interface: null, linkState: null, edgeLastContact: "0000-00-00 00:00:00" },
    ]);
  });

  it("is narrowed to enterprises when some are named", async () => {
    const answer = await operator.call("monitoring/getEnterpriseEdgeLinkStatus", { enterprises: [26] });
    expect(new Set(answer.json<Row[]>().map(({ enterpriseName }) => enterpriseName))).toEqual(
      new Set(["Fabrikam Retail|90003|"]),
    );
  });

  it("shows a dead link and its events, newest first", async () => {
    const before = clock.now();
    sandbox.world.network.failLink(edge.serial, "GE2");
    clock.advance(60_000);
    expect((await rows()).map(({ linkState }) => linkState)).toEqual(["STABLE", "DISCONNECTED"]);
    sandbox.world.network.healLink(edge.serial, "GE2");
    const { data, metaData } = await events(before);
    expect(data.map(({ event, message }) => [event, message])).toEqual([
      ["LINK_ALIVE", "Link GE2 is no longer DEAD"],
      ["EDGE_INTERFACE_UP", "Interface GE2 is up"],
      ["LINK_DEAD", "Link GE2 is now DEAD"],
      ["EDGE_INTERFACE_DOWN", "Interface GE2 is down"],
    ]);
    expect(metaData).toEqual({ limit: 2048, more: false });
  });

  it("takes all links down with their edge, and its last contact stands still", async () => {
    sandbox.world.network.failEdge(edge.serial);
    const failedAt = clock.now().toISOString();
    clock.advance(600_000);
    for (const row of await rows()) {
      expect(row).toMatchObject({ edgeState: "OFFLINE", linkState: "DISCONNECTED", edgeLastContact: failedAt });
    }
  });

  it("filters events by name, and says when there are more", async () => {
    const before = clock.now();
    sandbox.world.network.failEdge(edge.serial);
    clock.advance(1_000);
    const rules = [{ field: "event", op: "is", values: ["EDGE_DOWN", "LINK_DEAD"] }];
    const all = await events(before, { filter: { limit: null, rules } });
    expect(all.data.map(({ event }) => event).sort()).toEqual(["EDGE_DOWN", "LINK_DEAD", "LINK_DEAD"]);
    const first = await events(before, { filter: { limit: 1, rules } });
    expect([first.data.length, first.metaData]).toEqual([1, { limit: 1, more: true }]);
  });

  it("tells events of the whole enterprise when no edge is named", async () => {
    const before = clock.now();
    const other = sandbox.world.network.edgesOf(edge.customer.enterpriseId)[1] as Edge;
    sandbox.world.network.failLink(other.serial, "GE1");
    clock.advance(1_000);
    const { data } = await events(before, { edgeId: undefined });
    expect(data.map(({ edgeName }) => edgeName)).toContain(other.name);
  });

  it("swaps the serials when a standby takes over, and says that the pair has failed", async () => {
    const pair = sandbox.world.network.fleet.edges.find(({ haSerial }) => haSerial !== null) as Edge;
    const { serial, haSerial } = pair;
    sandbox.world.network.failover(serial);
    expect((await rows(pair.id))[0]).toMatchObject({
      edgeState: "CONNECTED",
      edgeSerialNumber: haSerial,
      edgeHASerialNumber: serial,
    });
    const answer = await operator.call("network/getNetworkEnterprises", { enterprises: [], with: ["edges"] });
    const edges = answer.json<{ edges: { id: number; haState: string }[] }[]>().flatMap((each) => each.edges);
    expect(edges.find(({ id }) => id === pair.id)?.haState).toBe("FAILED");
  });

  it("knows only the enterprises of its own host", async () => {
    const names = (await operator.call("network/getNetworkEnterprises", { enterprises: [] })).json<
      { name: string }[]
    >();
    expect(names.map(({ name }) => name)).toEqual(["Acme Foods|90001|", "Fabrikam Retail|90003|"]);
    const foreign = await operator.call("enterprise/getEnterpriseEdges", { enterpriseId: 19, with: ["links"] });
    expect(foreign.status).toBe(400);
  });

  it("gives links the line's logical id, and the WAN module what kind of line it is", async () => {
    const { enterpriseId } = edge.customer;
    const edges = await operator.call("enterprise/getEnterpriseEdges", { enterpriseId, with: ["links"] });
    const listed = edges.json<{ id: number; links: { logicalId: string }[] }[]>().find(({ id }) => id === edge.id);
    expect(listed?.links.map(({ logicalId }) => logicalId)).toEqual(edge.links.map(({ logicalId }) => logicalId));
    const modules = await operator.call("edge/getEdgeConfigurationModules", {
      enterpriseId,
      edgeId: edge.id,
      modules: ["WAN"],
    });
    expect(modules.json()).toMatchObject({
      WAN: {
        data: { links: edge.links.map(({ mode, type, interface: name }) => ({ mode, type, interfaces: [name] })) },
      },
    });
  });

  it.each([
    ["a body that is no object", "event/getEnterpriseEvents", "{"],
    ["an interval without a start", "event/getEnterpriseEvents", { enterpriseId: 12, interval: {} }],
    ["a date that is none", "event/getEnterpriseEvents", { enterpriseId: 12, interval: { start: "yesterday" } }],
    ["an edge of another enterprise", "edge/getEdgeConfigurationModules", { enterpriseId: 26, edgeId: 701 }],
    ["an unknown method", "edge/getEdgeLinksSeries", {}],
  ])("refuses %s with 400", async (_, method, body) => {
    expect((await operator.call(method, body)).status).toBe(400);
  });
});
