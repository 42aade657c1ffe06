import { RequestStrategy, type ServiceIdentity, type ServiceInfo, type ServiceStats } from "nats";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bus, ok, refuse } from "./index.ts";
import { type BusLab, openLab, readContract, writeContract } from "./testing/bus-lab.ts";

const releases = new AsyncDisposableStack();
const identity = {
  name: "digi-bridge",
  id: expect.stringMatching(/^[0-9A-Za-z]{16,}$/),
  version: "1.2.3",
  metadata: {},
};
const read = readContract(10);
const write = writeContract(150);
const failing = readContract();
let lab: BusLab;
let replicas: Bus[];

beforeAll(async () => {
  lab = await openLab(releases);
  const options = { service: "digi-bridge", version: "1.2.3", description: "Reboots of DiGi modems." };
  replicas = await Promise.all([lab.bus(options), lab.bus(options)]);
  for (const replica of replicas) {
    await replica.serve(read, async () => ok({}));
    await replica.serve(write, async () => ok({}));
  }
});
afterAll(() => releases.disposeAsync());

/** All answers to a question about services, as the client of any language asks it. */
async function everyone<Answer>(question: "ping" | "info" | "stats", name?: string, id?: string): Promise<Answer[]> {
  const client = lab.bare.services.client({ strategy: RequestStrategy.JitterTimer, maxWait: 10_000, jitter: 400 });
  const answers: unknown[] = [];
  for await (const answer of await client[question](name, id)) answers.push(answer);
  return answers as Answer[];
}

const ask = (subject: string, body: unknown = { text: "hello" }) =>
  lab.bare.request(subject, JSON.stringify({ request_id: "r1", body }), { timeout: 2_000 });

describe("$SRV.PING", () => {
  it("is answered by each replica under its own id", async () => {
    const answers = await everyone<ServiceIdentity>("ping", "digi-bridge");
    expect(answers).toEqual([1, 2].map(() => ({ type: "io.nats.micro.v1.ping_response", ...identity })));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(2);
  });

  it("is answered by all services, by those of a name, or by one", async () => {
    const [one] = await everyone<ServiceIdentity>("ping");
    expect(one).toEqual({ type: "io.nats.micro.v1.ping_response", ...identity });
    expect(await everyone("ping", "digi-bridge", one?.id)).toEqual([one]);
    await expect(lab.bare.request("$SRV.PING.nobody")).rejects.toThrow("503");
  });
});

describe("$SRV.INFO", () => {
  it("tells what is served and what is expected there", async () => {
    const [info] = await everyone<ServiceInfo>("info", "digi-bridge");
    const endpoint = ({ subject, queueGroup, effect }: typeof read | typeof write, timeout: string) => ({
      name: subject.replaceAll(".", "-"),
      subject,
      queue_group: queueGroup,
      metadata: {
        effect,
        description: "Of a test.",
        timeout_ms: timeout,
        request_schema: expect.any(String),
        reply_schema: expect.any(String),
      },
    });
    expect(info).toEqual({
      type: "io.nats.micro.v1.info_response",
      ...identity,
      description: "Reboots of DiGi modems.",
      endpoints: [endpoint(read, "10000"), endpoint(write, "150000")],
    });
    expect(JSON.parse(info?.endpoints[0]?.metadata?.request_schema ?? "")).toMatchObject({
      type: "object",
      properties: { text: { type: "string" } },
      required: ["text"],
    });
  });

  it("is answered to a bare request with the same", async () => {
    const bare = (await lab.bare.request("$SRV.INFO.digi-bridge")).json<ServiceInfo>();
    const [asked] = await everyone<ServiceInfo>("info", "digi-bridge", bare.id);
    expect(asked).toEqual(bare);
  });
});

describe("$SRV.STATS", () => {
  const statsOf = async (id: string) => {
    const { endpoints = [], ...rest } = (await lab.bare.request(`$SRV.STATS.lab-stats.${id}`)).json<ServiceStats>();
    return { rest, endpoints };
  };

  it("counts requests, and as errors what failed in the end, however late", async () => {
    const before = Date.now();
    const bus = await lab.bus({ service: "lab-stats" });
    await bus.serve(failing, async ({ text }) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      if (text === "throw") throw new Error("secret of the third party");
      return text === "refuse" ? refuse(404, "no such edge") : text === "fail" ? refuse(502, "bad gateway") : ok({});
    });
    const { id } = (await lab.bare.request("$SRV.PING.lab-stats")).json<ServiceIdentity>();
    const fresh = { name: failing.subject.replaceAll(".", "-"), subject: failing.subject, queue_group: "lab" };
    expect((await statsOf(id)).endpoints).toEqual([
      { ...fresh, num_requests: 0, num_errors: 0, last_error: "", processing_time: 0, average_processing_time: 0 },
    ]);

    for (const text of ["fine", "fine", "throw", "refuse", "fail"]) await ask(failing.subject, { text });
    await ask(failing.subject, { text: 7 });

    const { rest, endpoints } = await statsOf(id);
    expect(rest).toEqual({
      type: "io.nats.micro.v1.stats_response",
      ...identity,
      name: "lab-stats",
      version: "0.1.0",
      started: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/),
    });
    expect(Date.parse(rest.started)).toBeGreaterThanOrEqual(before);
    expect(endpoints).toHaveLength(1);
    const [stats] = endpoints;
    if (stats === undefined) throw new Error("unreachable");
    expect(stats).toMatchObject({ ...fresh, num_requests: 6, num_errors: 2 });
    expect(stats.last_error).toContain("502");
    expect(JSON.stringify(stats)).not.toContain("secret");
    expect(stats.processing_time).toBeGreaterThan(5 * 29e6);
    expect(stats.processing_time).toBeLessThan(5e9);
    expect(stats.average_processing_time).toBe(Math.round(stats.processing_time / 6));
  });
});

describe("a service that has drained", () => {
  it("is not discovered any more", async () => {
    const bus = await lab.bus({ service: "lab-leaving" });
    await bus.serve(readContract(), async () => ok({}));
    expect(await everyone("ping", "lab-leaving")).toHaveLength(1);
    await bus.drain();
    const nobody = () =>
      lab.bare.request("$SRV.PING.lab-leaving", "", { timeout: 500 }).catch(({ code }: { code: string }) => code);
    // NATS takes a moment to notice that the connection is gone; what it still sends there is answered by nobody.
    await expect.poll(nobody, { timeout: 10_000 }).toBe("503");
  });
});
