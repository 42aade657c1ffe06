import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { thirdPartyClient } from "../testing/third-party-client.ts";
import type { EdgeView, TicketSummary, TicketView } from "../world/views.ts";

describe("the control API", () => {
  const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ clock });
  });
  beforeEach(async () => {
    await post("/api/heal");
  });
  afterAll(() => sandbox.stop());

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const init = {
      method,
      headers,
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    };
    const response = await fetch(sandbox.console.url + path, init);
    return { status: response.status, body: (await response.json()) as unknown };
  }
  const get = async <Shape>(path: string) => (await send("GET", path)).body as Shape;
  const post = (path: string, body?: unknown) => send("POST", path, body);
  const world = () => get<{ now: string; customers: object[]; edges: EdgeView[] }>("/api/world");
  const connected = async (accepts: (edge: EdgeView) => boolean = () => true) => {
    const edge = (await world()).edges.find((each) => each.state === "CONNECTED" && accepts(each));
    if (edge === undefined) throw new Error("no such edge");
    return edge;
  };

  it("shows a world of three customers on two hosts, with some pairs, all well", async () => {
    const { now, customers, edges } = await world();
    expect(now).toBe("2026-03-01T12:00:00.000Z");
    expect(customers).toMatchObject([
      { id: 90001, name: "Acme Foods", host: "vco1.example.net", enterpriseId: 12 },
      { name: "Northwind Traders", host: "vco2.example.net" },
      { name: "Fabrikam Retail", host: "vco1.example.net" },
    ]);
    const inUse = edges.filter(({ state }) => state === "CONNECTED");
    expect(inUse.length).toBeGreaterThanOrEqual(60);
    expect(inUse.filter(({ haSerial }) => haSerial !== null).length).toBeGreaterThan(3);
    expect(inUse.every(({ links }) => links.every(({ state }) => state === "STABLE"))).toBe(true);
    expect(new Set(edges.map(({ timeZone }) => timeZone)).size).toBeGreaterThan(2);
  });

  it("fails and heals a link", async () => {
    const { serial } = await connected();
    const failed = await post(`/api/edges/${serial}/links/GE1/fail`);
    expect(failed).toMatchObject({
      status: 200,
      body: {
        serial,
        state: "CONNECTED",
        links: [{ state: "DISCONNECTED", since: "2026-03-01T12:00:00.000Z" }, { state: "STABLE" }],
      },
    });
    const healed = await post(`/api/edges/${serial}/links/GE1/heal`);
    expect(healed.body).toMatchObject({ links: [{ state: "STABLE" }, { state: "STABLE" }] });
  });

  it("gives a link bad figures, and good ones again", async () => {
    const { serial } = await connected();
    const troubled = await post(`/api/edges/${serial}/links/GE1/trouble`, { latencyMs: 180 });
    expect(troubled.body).toMatchObject({
      links: [{ state: "STABLE", trouble: { latencyMs: 180 } }, { trouble: null }],
    });
    const healed = await post(`/api/edges/${serial}/links/GE1/heal`);
    expect(healed.body).toMatchObject({ links: [{ trouble: null }, { trouble: null }] });
  });

  it("takes gateways offline, or tunnels from them", async () => {
    const gateways = () => get<{ id: number; state: string; tunnelShare: number }[]>("/api/gateways");
    expect(await gateways()).toHaveLength(6);
    await post("/api/gateways/vco1.example.net/5/fail");
    await post("/api/gateways/vco2.example.net/8/fail", { tunnelShare: 0.4 });
    expect((await gateways()).filter(({ tunnelShare }) => tunnelShare < 1)).toMatchObject([
      { id: 5, state: "OFFLINE", tunnelShare: 0 },
      { id: 8, state: "CONNECTED", tunnelShare: 0.4 },
    ]);
    await post("/api/gateways/vco1.example.net/5/heal");
    await post("/api/heal");
    expect((await gateways()).every(({ state, tunnelShare }) => state === "CONNECTED" && tunnelShare === 1)).toBe(true);
  });

  it("a link that failed by itself stays dead when its edge returns", async () => {
    const { serial } = await connected();
    await post(`/api/edges/${serial}/links/GE2/fail`);
    await post(`/api/edges/${serial}/fail`);
    const returned = await post(`/api/edges/${serial}/heal`);
    expect(returned.body).toMatchObject({
      state: "CONNECTED",
      links: [{ state: "STABLE" }, { state: "DISCONNECTED" }],
    });
    expect(await post("/api/heal")).toEqual({ status: 200, body: { healed: [serial] } });
  });

  it.each([
    ["the site", undefined, { state: "OFFLINE", haState: "FAILED" }],
    ["the unit at work", { scope: "unit" }, { state: "OFFLINE", haState: "READY" }],
    ["the standby", { scope: "standby" }, { state: "CONNECTED", haState: "FAILED" }],
  ])("fails %s of a pair", async (_, body, expected) => {
    const { serial } = await connected(({ haSerial }) => haSerial !== null);
    expect((await post(`/api/edges/${serial}/fail`, body)).body).toMatchObject(expected);
  });

  it("lets a standby take over, and finds the edge by either serial", async () => {
    const { serial, haSerial } = await connected((edge) => edge.haSerial !== null);
    const after = await post(`/api/edges/${serial}/failover`);
    expect(after.body).toMatchObject({ serial: haSerial, haSerial: serial, state: "CONNECTED", haState: "FAILED" });
    expect(await post(`/api/edges/${serial}/failover`)).toMatchObject({ status: 409 });
    expect(await get(`/api/edges/${serial}`)).toMatchObject({ serial: haSerial });
  });

  it("shows a ticket to an agent, and what agents do to it", async () => {
    const { serial, clientId } = await connected();
    const asset = sandbox.world.inventory.find(clientId, serial);
    if (asset === undefined) throw new Error("no asset");
    const [item] = sandbox.world.desk.repair({ assets: [asset], lines: [], description: "outage" });
    const path = `/api/tickets/${item?.ticketId}`;

    expect((await connected(({ serial: each }) => each === serial)).ticketId).toBe(item?.ticketId);
    expect((await get<TicketSummary[]>("/api/tickets"))[0]).toMatchObject({
      id: item?.ticketId,
      client: "Acme Foods",
      status: "New",
    });
    const ticket = await get<TicketView>(path);
    const [detail] = ticket.details;
    expect(detail).toMatchObject({
      serviceNumber: serial,
      status: "I",
      queue: "Intake",
      assignedTo: null,
      paused: false,
    });

    await post(`${path}/details/${detail?.id}/assign`, { name: "Robin" });
    await post(`${path}/details/${detail?.id}/pause`);
    await post(`${path}/notes`, { text: "called the customer", serviceNumbers: [serial] });
    await post(`${path}/lock`);
    expect(await get(path)).toMatchObject({
      status: "In-Progress",
      locked: true,
      details: [{ assignedTo: "Robin", paused: true }],
      notes: [{ text: "called the customer", serviceNumbers: [serial], author: "Support agent" }],
    });
    await post(`${path}/close`);
    expect(await get(path)).toMatchObject({ status: "Closed", details: [{ status: "C" }] });
    expect(await post(`${path}/close`)).toMatchObject({ status: 409 });
  });

  it("adds, lists and removes faults", async () => {
    const added = await post("/api/faults", {
      system: "bruin",
      kind: "429",
      path: "repair",
      times: 2,
      retryAfterSeconds: 5,
    });
    expect(added).toMatchObject({ status: 201, body: { id: expect.any(String), system: "bruin", hits: 0 } });
    const { id } = added.body as { id: string };
    expect(await get("/api/faults")).toHaveLength(1);
    expect(await send("DELETE", `/api/faults/${id}`)).toMatchObject({ status: 200 });
    expect(await send("DELETE", `/api/faults/${id}`)).toEqual({
      status: 404,
      body: { error: `There is no fault ${id}.` },
    });
    await post("/api/faults", { system: "slack", kind: "500" });
    expect(await send("DELETE", "/api/faults")).toEqual({ status: 200, body: [] });
  });

  it.each([
    ["POST", "/api/edges/VC0/fail", undefined, 404, /no edge VC0/],
    ["POST", "/api/edges/SERIAL/links/GE9/fail", undefined, 404, /GE9/],
    ["POST", "/api/edges/SERIAL/fail", { scope: "planet" }, 400, /scope/],
    ["POST", "/api/edges/SERIAL/fail", "{", 400, /JSON/],
    ["POST", "/api/edges/SERIAL/failover", undefined, 409, /no standby/],
    ["GET", "/api/tickets/1", undefined, 404, /no ticket 1/],
    ["GET", "/api/tickets/one", undefined, 400, /whole number/],
    ["POST", "/api/edges/SERIAL/links/GE1/trouble", {}, 400, /latencyMs/],
    ["POST", "/api/edges/SERIAL/links/GE1/trouble", { lossPct: 101 }, 400, /lossPct/],
    ["POST", "/api/gateways/vco1.example.net/99/fail", undefined, 404, /no gateway of vco1.example.net 99/],
    ["GET", "/api/messages?channel=fax", undefined, 400, /channel/],
    ["POST", "/api/faults", { system: "fax", kind: "500" }, 400, /system must be one of velocloud, bruin, .+, smtp/],
    ["POST", "/api/faults", { system: "smtp", kind: "500" }, 400, /auth-refused/],
    ["POST", "/api/faults", { system: "slack", kind: "500", time: 1 }, 400, /time/],
    ["POST", "/api/notify", { channel: "sms", text: "hi" }, 400, /to/],
    ["POST", "/api/notify", { channel: "slack", text: "hi" }, 503, /NATS/],
    ["GET", "/api/services", undefined, 503, /NATS/],
    ["GET", "/api/nothing", undefined, 404, /GET \/api\/nothing/],
  ])("%s %s %j is refused with %i and says why", async (method, path, body, status, why) => {
    const { serial } = await connected();
    const answer = await send(method, path.replace("SERIAL", serial), body);
    expect(answer).toEqual({ status, body: { error: expect.stringMatching(why) } });
  });

  it("never activated is not something that can fail", async () => {
    const spare = (await world()).edges.find(({ state }) => state === "NEVER_ACTIVATED");
    expect(await post(`/api/edges/${spare?.serial}/fail`)).toMatchObject({ status: 409 });
  });

  it("does not let pages of other origins drive it", async () => {
    const { serial } = await connected();
    const path = `/api/edges/${serial}/fail`;
    expect((await send("POST", path, undefined, { origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await send("POST", path, undefined, { origin: "null" })).status).toBe(403);
    expect((await send("POST", path, undefined, { origin: sandbox.console.url })).status).toBe(200);
  });

  it("tells the past of an edge", async () => {
    const { serial } = await connected();
    await post(`/api/edges/${serial}/links/GE1/fail`);
    expect((await get<object[]>(`/api/edges/${serial}/events`))[0]).toMatchObject({
      at: "2026-03-01T12:00:00.000Z",
      name: "LINK_DEAD",
      message: "Link GE1 is now DEAD",
    });
  });

  it("tells a service what it needs to talk to the stand-ins, and others no secrets of it", async () => {
    const bridge = await get<Record<string, string>>("/api/environment/velocloud-bridge");
    expect(bridge.VELOCLOUD_CREDENTIALS).toMatch(/^vco1\.example\.net\+.+;vco2\.example\.net\+.+$/);
    expect(bridge).not.toHaveProperty("BRUIN_CLIENT_SECRET");
    expect(JSON.parse(bridge.HOST_ALIASES ?? "")).toMatchObject({
      "vco1.example.net": `127.0.0.1:${sandbox.thirdParty.port}`,
      "smtp.example.net": `127.0.0.1:${sandbox.smtp.port}`,
    });
    expect(await get("/api/environment/bruin-bridge")).toMatchObject({
      BRUIN_BASE_URL: "https://api.bruin.example.net",
      IPA_SYSTEM_USERNAME_IN_BRUIN: "Trunkline Automation",
    });
  });

  it("lists the calls that third parties received, those of one when asked to", async () => {
    await thirdPartyClient(sandbox)("sms.example.net", { path: "/nowhere?x=1" });
    await vi.waitFor(async () => expect(await get("/api/calls?system=sms")).toHaveLength(1));
    const [call] = await get<object[]>("/api/calls");
    expect(call).toMatchObject({
      system: "sms",
      host: "sms.example.net",
      method: "GET",
      path: "/nowhere?x=1",
      status: 404,
    });
    expect(await get("/api/calls?system=velocloud")).toEqual([]);
  });
});
