import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { type ThirdPartyClient, thirdPartyClient } from "../testing/third-party-client.ts";

describe("Slack's webhook", () => {
  const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
  let sandbox: Sandbox;
  let call: ThirdPartyClient;
  let webhook: URL;

  beforeAll(async () => {
    sandbox = await startSandbox({
      clock,
      fleet: { edges: 3 },
      settings: { slackRateLimit: { perSecond: 1, burst: 2 } },
    });
    call = thirdPartyClient(sandbox);
    webhook = new URL(sandbox.env("notifier").SLACK_WEBHOOK ?? "");
  });
  afterAll(() => sandbox.stop());

  const post = (raw: string, path = webhook.pathname) => {
    clock.advance(10_000);
    return call(webhook.hostname, { method: "POST", path, raw, headers: { "content-type": "application/json" } });
  };

  it("takes a text and says ok", async () => {
    const answer = await post('{"text":"[monitor] hello"}');
    expect([answer.status, answer.text]).toEqual([200, "ok"]);
    expect(answer.headers["content-type"]).toMatch(/^text\/plain/);
    expect(sandbox.world.messages.list("slack").at(-1)).toMatchObject({ channel: "slack", text: "[monitor] hello" });
  });

  it.each([
    ["{text", 400, "invalid_payload"],
    ['{"texts":"hello"}', 400, "no_text"],
  ])("refuses %s", async (raw, status, text) => {
    const answer = await post(raw);
    expect([answer.status, answer.text]).toEqual([status, text]);
  });

  it("knows no other address", async () => {
    const answer = await post('{"text":"hello"}', "/services/T1/B1/guessed");
    expect([answer.status, answer.text]).toEqual([404, "no_service"]);
  });

  it("lets a burst pass, then asks to wait, and loses what came too soon", async () => {
    clock.advance(60_000);
    const count = sandbox.world.messages.list("slack").length;
    const send = () => call(webhook.hostname, { path: webhook.pathname, json: { text: "flood" } });
    const answers = [await send(), await send(), await send()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]?.headers["retry-after"]).toBe("1");
    clock.advance(1_000);
    expect((await send()).status).toBe(200);
    expect(sandbox.world.messages.list("slack").length - count).toBe(3);
  });
});
