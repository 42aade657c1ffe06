import { movableClock } from "@trunkline/clock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";
import { thirdPartyClient } from "../testing/third-party-client.ts";
import { signInToVelocloud } from "../testing/velocloud-client.ts";

/** Of the processor's time, which a busy machine does not stretch; anything quadratic in 50,000 edges takes minutes. */
const MOST_CPU_MS = 5_000;

describe("a fleet of 50,000 edges", () => {
  const clock = movableClock(new Date("2026-03-01T12:00:00Z"));
  let sandbox: Sandbox;
  let startedWithin: number;

  beforeAll(async () => {
    startedWithin = await timed(async () => {
      sandbox = await startSandbox({ clock, fleet: { edges: 50_000 } });
    });
  });
  afterAll(() => sandbox.stop());

  async function timed(work: () => Promise<void> | void): Promise<number> {
    const before = process.threadCpuUsage();
    await work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  }

  it("starts quickly", () => {
    expect(startedWithin).toBeLessThan(MOST_CPU_MS);
  });

  it("answers the state of all links of a host quickly", async () => {
    const operator = await signInToVelocloud(thirdPartyClient(sandbox), "vco1.example.net");
    const elapsed = await timed(async () => {
      const answer = await operator.call("monitoring/getEnterpriseEdgeLinkStatus");
      expect(answer.json<object[]>().length).toBeGreaterThan(60_000);
    });
    expect(elapsed).toBeLessThan(MOST_CPU_MS);
  });

  it("fails, tickets and heals a thousand edges quickly", async () => {
    const { network, desk, inventory } = sandbox.world;
    const victims = network.fleet.edges.filter(({ state }) => state === "CONNECTED").slice(0, 1_000);
    const elapsed = await timed(() => {
      for (const edge of victims) {
        network.failEdge(edge.serial);
        const asset = inventory.find(edge.customer.id, edge.serial);
        if (asset !== undefined) desk.repair({ assets: [asset], lines: [], description: "outage" });
      }
      expect(network.healAll()).toHaveLength(1_000);
    });
    expect(elapsed).toBeLessThan(MOST_CPU_MS);
  });
});
