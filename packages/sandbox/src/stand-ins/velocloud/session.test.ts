import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../sandbox.ts";
import { type ThirdPartyClient, thirdPartyClient } from "../../testing/third-party-client.ts";
import { signInToVelocloud, velocloudLogin } from "../../testing/velocloud-client.ts";

const expired = { error: { code: -32000, message: "tokenError [expired session cookie]" } };
const linkStatus = "monitoring/getEnterpriseEdgeLinkStatus";

describe("sessions of a VeloCloud Orchestrator", () => {
  const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
  let sandbox: Sandbox;
  let call: ThirdPartyClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ clock, fleet: { edges: 6 }, settings: { velocloudSessionSeconds: 60 } });
    call = thirdPartyClient(sandbox);
  });
  afterAll(() => sandbox.stop());

  it("begin with a login that sets the session cookie", async () => {
    const login = await call("vco1.example.net", { path: "/portal/rest/login/operatorLogin", json: velocloudLogin });
    expect(login.status).toBe(200);
    expect(login.headers["set-cookie"]?.[0]).toMatch(/^velocloud\.session=\w+; Path=\/; HttpOnly; Secure$/);
  });

  it("do not begin with wrong credentials: a redirect without a cookie", async () => {
    const json = { ...velocloudLogin, password: "guessed" };
    const login = await call("vco1.example.net", { path: "/portal/rest/login/operatorLogin", json });
    expect(login.status).toBe(302);
    expect(login.headers["set-cookie"]).toBeUndefined();
  });

  it("are needed: without one the answer is 200 with an error and `Expires: 0`", async () => {
    const answer = await call("vco1.example.net", { path: `/portal/rest/${linkStatus}`, json: {} });
    expect([answer.status, answer.headers.expires, answer.json()]).toEqual([200, "0", expired]);
  });

  it("end after their time, and a new login makes a new one", async () => {
    const operator = await signInToVelocloud(call, "vco1.example.net");
    clock.advance(59_000);
    expect((await operator.call(linkStatus)).headers.expires).toBeUndefined();
    clock.advance(1_000);
    expect((await operator.call(linkStatus)).json()).toEqual(expired);
    const again = await signInToVelocloud(call, "vco1.example.net");
    expect(await again.call(linkStatus).then((answer) => answer.json<object[]>().length)).toBeGreaterThan(0);
  });

  it("are forgotten on demand", async () => {
    const operator = await signInToVelocloud(call, "vco1.example.net");
    sandbox.faults.add({ system: "velocloud", kind: "expired-session", times: 1 });
    expect((await operator.call(linkStatus)).json()).toEqual(expired);
    expect((await operator.call(linkStatus)).json()).toEqual(expired);
  });

  it("of one host are worth nothing at the other", async () => {
    const operator = await signInToVelocloud(call, "vco1.example.net");
    expect((await operator.call(linkStatus)).headers.expires).toBeUndefined();
    const login = await call("vco1.example.net", { path: "/portal/rest/login/operatorLogin", json: velocloudLogin });
    const cookie = login.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    const answer = await call("vco2.example.net", {
      path: `/portal/rest/${linkStatus}`,
      json: {},
      headers: { cookie },
    });
    expect(answer.json()).toEqual(expired);
  });
});
