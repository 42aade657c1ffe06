import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { type ThirdPartyClient, thirdPartyClient } from "../testing/third-party-client.ts";

const slackHost = "hooks.slack.example.net";

describe("faults on demand", () => {
  let sandbox: Sandbox;
  let call: ThirdPartyClient;
  let path: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ fleet: { edges: 3 } });
    call = thirdPartyClient(sandbox);
    path = new URL(sandbox.env("notifier").SLACK_WEBHOOK ?? "").pathname;
  });
  afterEach(() => sandbox.faults.removeAll());
  afterAll(() => sandbox.stop());

  const post = (text = "hello") => call(slackHost, { path, json: { text } });
  const received = () => sandbox.world.messages.list("slack").length;

  it.each(["401", "403", "404", "429", "500", "502", "503", "504"] as const)("%s is an HTTP status", async (kind) => {
    sandbox.faults.add({ system: "slack", kind, times: 1 });
    const answer = await post();
    expect(answer.status).toBe(Number(kind));
    expect(answer.headers["retry-after"]).toBe(kind === "429" ? "1" : undefined);
    expect((await post()).status).toBe(200);
  });

  it("429 and 503 say how long to wait", async () => {
    sandbox.faults.add({ system: "slack", kind: "503", retryAfterSeconds: 30, times: 1 });
    expect((await post()).headers["retry-after"]).toBe("30");
  });

  it.each([
    ["garbage", "application/json"],
    ["truncated", "application/json"],
    ["html", "text/html"],
  ] as const)("%s is a 200 that cannot be read", async (kind, type) => {
    sandbox.faults.add({ system: "slack", kind, times: 1 });
    const answer = await post();
    expect([answer.status, answer.headers["content-type"]?.split(";")[0]]).toEqual([200, type]);
    expect(() => answer.json()).toThrow(SyntaxError);
  });

  it("hang-up ends the connection in the middle of the answer", async () => {
    sandbox.faults.add({ system: "slack", kind: "hang-up", times: 1 });
    await expect(post()).rejects.toThrow(/aborted|reset/i);
    await vi.waitFor(async () => {
      const calls = (await (await fetch(`${sandbox.console.url}/api/calls?system=slack`)).json()) as {
        status: number;
      }[];
      expect(calls.at(-1)?.status).toBe(0);
    });
  });

  it("stall never answers, and is over when the caller gives up", async () => {
    sandbox.faults.add({ system: "slack", kind: "stall", times: 1 });
    const count = sandbox.faults.list()[0]?.hits;
    const waiting = Promise.race([post(), new Promise((resolve) => setTimeout(resolve, 200, "still waiting"))]);
    expect([count, await waiting]).toEqual([0, "still waiting"]);
  });

  it("latency delays, and adds up with whatever else goes wrong", async () => {
    sandbox.faults.add({ system: "slack", kind: "latency", delayMs: 60 });
    sandbox.faults.add({ system: "slack", kind: "500", delayMs: 60, times: 1 });
    const start = performance.now();
    expect((await post()).status).toBe(500);
    expect(performance.now() - start).toBeGreaterThanOrEqual(115);
  });

  it("before: the call has no effect; after: it has, and only the answer is lost", async () => {
    const count = received();
    sandbox.faults.add({ system: "slack", kind: "500", times: 1 });
    await post();
    expect(received()).toBe(count);
    sandbox.faults.add({ system: "slack", kind: "hang-up", times: 1, when: "after" });
    await expect(post("it came through")).rejects.toThrow();
    expect(sandbox.world.messages.list("slack").at(-1)?.text).toBe("it came through");
  });

  it("truncated after the effect cuts the true answer", async () => {
    sandbox.faults.add({ system: "bruin", kind: "truncated", times: 1, when: "after" });
    const answer = await call("id.bruin.example.net", { path: "/identity/connect/token", form: { grant_type: "x" } });
    expect(answer.text).toBe('{"error":"inv');
  });

  it("hit only the system, host, path and method they name, so many times", async () => {
    const other = (host: string) => call(host, { path: "/portal/rest/login/operatorLogin", json: {} });
    sandbox.faults.add({
      system: "velocloud",
      kind: "503",
      host: "vco2.example.net",
      path: "Login",
      method: "POST",
      times: 2,
    });
    expect((await post()).status).toBe(200);
    expect((await other("vco1.example.net")).status).toBe(302);
    expect((await other("vco2.example.net")).status).toBe(503);
    expect((await other("vco2.example.net")).status).toBe(503);
    expect((await other("vco2.example.net")).status).toBe(302);
    expect(sandbox.faults.list()).toEqual([]);
  });

  it("the oldest goes first", async () => {
    sandbox.faults.add({ system: "slack", kind: "500", times: 1 });
    sandbox.faults.add({ system: "slack", kind: "503", times: 1 });
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([500, 503, 200]);
  });

  it("do not keep the sandbox from stopping", async () => {
    const own = await startSandbox({ fleet: { edges: 3 } });
    own.faults.add({ system: "slack", kind: "stall" });
    const stalled = thirdPartyClient(own)(slackHost, { path, json: { text: "hello" } }).catch(() => "cut off");
    await vi.waitFor(() => expect(own.faults.list()[0]?.hits).toBe(1));
    await own.stop();
    expect(await stalled).toBe("cut off");
  });
});
