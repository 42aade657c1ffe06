import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import programs from "../programs.json" with { type: "json" };
import { startBrokers } from "./index.ts";
import { say } from "./testing/raw-client.ts";

const images = Object.values(programs).map(({ image }) => image);

describe("brokers in containers", () => {
  // The clean-up container of the library is one more image that a machine without a registry does not have.
  beforeAll(() => void vi.stubEnv("TESTCONTAINERS_RYUK_DISABLED", "true"));
  afterAll(() => void vi.unstubAllEnvs());

  it("keep port and data over a kill (-9) and a restart", async ({ skip, onTestFinished }) => {
    const reason = reasonToSkip();
    if (reason !== undefined) skip(reason);
    const brokers = await startBrokers({ prefer: "docker", maxPayload: 8 * 1024 * 1024 });
    onTestFinished(() => brokers.stop());
    const { nats, redis } = brokers;
    expect(await say(nats, "")).toMatch(
      /"max_payload":8388608,.*"jetstream":true|"jetstream":true.*"max_payload":8388608,/,
    );
    await say(redis, "SET edge VC1234567\r\n");

    await Promise.all([nats.kill(), redis.kill()]);
    await Promise.all([nats.restart(), redis.restart()]);

    expect(await say(nats, "")).toContain('"jetstream":true');
    expect(await say(redis, "GET edge\r\n", "67\r\n")).toContain("VC1234567");
  });
});

function reasonToSkip(): string | undefined {
  if (!docker("info")) return "no Docker engine answers";
  if (!docker("image", "inspect", ...images)) return `${images.join(" and ")} are not on this machine`;
  return undefined;
}

function docker(...args: string[]): boolean {
  return spawnSync("docker", args, { stdio: "ignore", timeout: 10_000 }).status === 0;
}
