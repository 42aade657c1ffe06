import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox.ts";
import { type ThirdPartyClient, thirdPartyClient } from "../../testing/third-party-client.ts";

const host = "ixia.example.net";

interface Page<Row> {
  readonly total_count: string;
  readonly count: number;
  readonly limit: number;
  readonly has_more: number;
  readonly records: readonly Row[];
}
interface ProbeRow {
  readonly uid: string;
  readonly nodetonode: { readonly status: number; readonly lastUpdate: string };
}
interface ResultRow {
  readonly id: string;
  readonly date: string;
  readonly status: string;
}
interface Detail extends ResultRow {
  readonly metrics: readonly { readonly metric: string; readonly status: string }[];
}

describe("the stand-in of Hawkeye", () => {
  const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
  let sandbox: Sandbox;
  let call: ThirdPartyClient;

  beforeAll(async () => {
    const settings = { hawkeyeSessionSeconds: 86_400, hawkeyeRateLimit: { perSecond: 1, burst: 50 } };
    sandbox = await startSandbox({ clock, fleet: { edges: 160 }, settings });
    call = thirdPartyClient(sandbox);
  });
  afterAll(() => sandbox.stop());

  async function signIn(): Promise<string> {
    clock.advance(60_000);
    const { CLIENT_USERNAME: username, CLIENT_PASSWORD: password } = sandbox.env("hawkeye-bridge");
    const answer = await call(host, { path: "/api/login", json: { username, password } });
    return answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  }
  async function get(path: string) {
    return call(host, { path: `/api/${path}`, headers: { cookie: await signIn() } });
  }
  const resultsSince = async (start: Date, uid: string) =>
    (
      await get(
        `testsresults?${new URLSearchParams({ startDate: start.toISOString(), endDate: clock.now().toISOString().replace("T", " ").replace("Z", ""), probeFrom: uid })}`,
      )
    ).json<Page<ResultRow>>();

  it("lets in who knows the password, and nobody else", async () => {
    expect(
      (await call(host, { path: "/api/login", json: { username: "trunkline", password: "guessed" } })).status,
    ).toBe(401);
    expect((await call(host, { path: "/api/probes" })).status).toBe(401);
    expect((await get("probes")).status).toBe(200);
  });

  it("lists probes by pages of at most a hundred, with the total as a text", async () => {
    const total = sandbox.world.probes.all.length;
    const first = (await get("probes?limit=500")).json<Page<ProbeRow>>();
    expect(first).toMatchObject({ total_count: String(total), count: 100, limit: 100, has_more: 1 });
    const last = (await get("probes?limit=100&offset=100")).json<Page<ProbeRow>>();
    expect(last).toMatchObject({ count: total - 100, has_more: 0 });
    expect(new Set([...first.records, ...last.records].map(({ uid }) => uid)).size).toBe(total);
  });

  it.each(["probes?limit=many", "probes?status=sideways", "testsresults?startDate=yesterday&endDate=today"])(
    "does not take %s",
    async (path) => {
      expect((await get(path)).status).toBe(400);
    },
  );

  it("tells a probe of a dark site as down since then", async () => {
    const [probe] = sandbox.world.probes.all;
    for (const { serial } of probe?.edges ?? []) sandbox.world.network.failEdge(serial);
    const down = (await get("probes?status=down")).json<Page<ProbeRow>>();
    expect(down.records).toMatchObject([
      {
        uid: probe?.uid,
        nodetonode: { status: 0, lastUpdate: probe?.edges[0].since.toISOString().replace(".000", "") },
      },
    ]);
    sandbox.world.network.healAll();
  });

  it("has results that fail while a line of the site is dead, and none while the site is dark", async () => {
    const probe = sandbox.world.probes.all.find(({ edges }) => edges.length === 1 && edges[0].links.length > 1);
    const serial = probe?.edges[0].serial ?? "";
    const { network } = sandbox.world;
    const begin = clock.now();
    clock.advance(3_600_000);
    network.failLink(serial, probe?.edges[0].links[0]?.interface ?? "");
    clock.advance(3_600_000);
    network.failEdge(serial);
    clock.advance(3_600_000);
    network.healAll();
    clock.advance(3_600_000);
    const { records } = await resultsSince(begin, probe?.uid ?? "");
    const hours = records.map(({ date, status }) => [
      Math.floor((Date.parse(date) - begin.getTime()) / 3_600_000),
      status,
    ]);
    expect([...new Set(hours.map(String))]).toEqual(["0,Passed", "1,Failed", "3,Passed"]);
    const failed = records.find(({ status }) => status === "Failed");
    const detail = (await get(`testsresults/${failed?.id}`)).json<Detail>();
    expect(detail).toMatchObject({ id: failed?.id, status: "Failed" });
    expect(detail.metrics).toContainEqual(expect.objectContaining({ status: "Failed" }));
  });

  it("has no results of a probe that does not run", async () => {
    const probe = sandbox.world.probes.all.at(-1);
    const begin = clock.now();
    sandbox.world.probes.fail(probe?.serial ?? "");
    clock.advance(3_600_000);
    expect((await resultsSince(begin, probe?.uid ?? "")).count).toBe(0);
    sandbox.world.probes.heal(probe?.serial ?? "");
    clock.advance(3_600_000);
    expect((await resultsSince(begin, probe?.uid ?? "")).count).toBe(8);
  });

  it.each(["1", "none", "1772366400000000001"])("knows no result %s", async (id) => {
    expect((await get(`testsresults/${id}`)).status).toBe(404);
  });

  it("asks to be left alone when too much is asked at once", async () => {
    const cookie = await signIn();
    const ask = () => call(host, { path: "/api/probes?limit=1", headers: { cookie } });
    const answers = await Promise.all(Array.from({ length: 60 }, ask));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers["retry-after"]).toBe("1");
  });

  it("has a service number in Bruin's inventory for every probe", () => {
    const { inventory, probes } = sandbox.world;
    const [probe] = probes.all;
    expect(inventory.byServiceNumber(probe?.serial ?? "")).toMatchObject({ customer: probe?.site.customer, probe });
  });
});
