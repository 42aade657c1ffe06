import { contractsOf } from "@trunkline/contracts";
import { headers as headersOf } from "nats";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { ok } from "./index.ts";
import { durationOf, type OpenedBus, startRig, type TestRig } from "./testing/old-peer.ts";

const { request } = contractsOf("test-bridge", "test_bridge");
const common = { effect: "read", timeoutSeconds: 5, description: "For outages.", reply: z.unknown() } as const;
const echo = request({ ...common, subject: "outage.echo", body: z.string() });
const gated = request({ ...common, subject: "outage.gated", body: z.string() });

describe("NATS is killed and comes back", () => {
  let rig: TestRig;
  let near: OpenedBus;
  let far: OpenedBus;
  let gate: PromiseWithResolvers<void>;
  let arrived: PromiseWithResolvers<void>;

  beforeEach(async () => {
    rig = await startRig();
    near = await rig.open();
    far = await rig.open();
    gate = Promise.withResolvers();
    arrived = Promise.withResolvers();
    await far.bus.serve(echo, async (text) => ok(text));
    await far.bus.serve(gated, async (text) => {
      arrived.resolve();
      await gate.promise;
      return ok(text);
    });
  });
  afterEach(() => {
    gate.resolve();
    return rig.stop();
  });

  const areConnected = (isUp: boolean) =>
    expect.poll(() => [near.bus.connected, far.bus.connected], { timeout: 30_000 }).toEqual([isUp, isUp]);

  it("requests in between are refused at once; afterwards all subjects answer again, new ones too", async () => {
    expect(await near.bus.request(echo, "before")).toMatchObject({ ok: true });
    await rig.brokers.nats.kill();
    await areConnected(false);
    const refused = near.bus.request(echo, "meanwhile");
    expect(await durationOf(refused)).toBeLessThan(2_500);
    expect(await refused).toEqual({ ok: false, status: 503, body: "not connected to NATS", withheld: false });

    const late = request({ ...common, subject: "outage.late", body: z.string() });
    const serving = far.bus.serve(late, async (text) => ok(text));
    await rig.brokers.nats.restart();
    await areConnected(true);
    await serving;
    for (const contract of [echo, late]) {
      const answer = () => near.bus.request(contract, "after");
      await expect.poll(answer, { timeout: 15_000 }).toEqual({ ok: true, status: 200, body: "after" });
    }
    await expect
      .poll(async () => (await rig.peer.request(echo.subject, '{"body":"bare"}')).json())
      .toMatchObject({ status: 200 });
  });

  it("a request that is under way ends by its deadline", async () => {
    const pending = near.bus.request(gated, "x", { timeoutMs: 700 });
    await arrived.promise;
    await rig.brokers.nats.kill();
    expect(await durationOf(pending)).toBeLessThan(4_000);
    expect([503, 504]).toContain((await pending).status);
  });

  it("an answer that is ready before the connection is back waits for it", async () => {
    const headers = headersOf();
    headers.set("Trunkline-Deadline", String(Date.now() + 10_000));
    await rig.peer.flush();
    const answers = rig.peer.subscribe("outage.inbox", { max: 1 });
    rig.peer.publish(gated.subject, '{"request_id":"r-1","body":"x"}', { reply: "outage.inbox", headers });
    await arrived.promise;
    await rig.brokers.nats.kill();
    await areConnected(false);
    gate.resolve();
    await rig.brokers.nats.restart();
    for await (const answer of answers) expect(answer.json()).toEqual({ request_id: "r-1", body: "x", status: 200 });
    expect(await far.metric("bus_dropped_total")).toBe(0);
  });
});
