import { type Answer, ThirdPartyError } from "@trunkline/http";
import { expect, test, vi } from "vitest";
import { listProbes } from "./probes.ts";
import { context, page, scripted } from "./testing/scripted-hawkeye.ts";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const probe = (probeId: number) => ({ probeId: String(probeId) });
const probes = (from: number, count: number) => Array.from({ length: count }, (_, index) => probe(from + index));
const offsetOf = (asked: string) => Number(/offset=(\d+)/.exec(asked)?.[1]);

/** Asks for all probes of a Hawkeye that has so many and gives at most `cap` a page. */
async function askWhile(total: (call: number) => number, cap: number) {
  const hawkeye = scripted((asked, count) => {
    const offset = offsetOf(asked);
    return page(probes(offset, Math.max(0, Math.min(cap, total(count) - offset))), total(count));
  });
  return { reply: await listProbes(hawkeye)({}, context), asked: hawkeye.asked };
}

test.each([
  ["none", 0, [0]],
  ["one page", 100, [0]],
  ["a page and a bit", 101, [0, 100]],
  ["three pages", 250, [0, 100, 200]],
])("%s", async (_, count, offsets) => {
  const { reply, asked } = await askWhile(() => count, 100);
  expect(reply).toEqual({ status: 200, body: probes(0, count) });
  expect(asked.map(offsetOf)).toEqual(offsets);
});

test("a server that gives fewer per page than it was asked for is asked more often", async () => {
  const { reply, asked } = await askWhile(() => 50, 20);
  expect(reply.body).toEqual(probes(0, 50));
  expect(asked.map(offsetOf)).toEqual([0, 20, 40]);
});

test("a list that grows while it is read is read to its new end", async () => {
  const { reply } = await askWhile((call) => (call === 1 ? 150 : 320), 100);
  expect(reply.body).toEqual(probes(0, 320));
});

test.each([
  ["shrinks", () => page([], 100)],
  ["lies about its total", () => page([], 100_000)],
])("a list that %s has an end", async (_, later) => {
  const hawkeye = scripted((asked) => (offsetOf(asked) === 0 ? page(probes(0, 50), 100) : later()));
  expect((await listProbes(hawkeye)({}, context)).body).toEqual(probes(0, 50));
  expect(hawkeye.asked.length).toBeLessThan(4);
});

test("a probe that moved to a later page comes once", async () => {
  const hawkeye = scripted((asked) => page(offsetOf(asked) === 0 ? probes(0, 100) : probes(99, 2), 101));
  expect((await listProbes(hawkeye)({}, context)).body).toEqual(probes(0, 101));
});

test("filters are handed on, empty ones are none", async () => {
  const hawkeye = scripted(() => page([], 0));
  await listProbes(hawkeye)({ serial_number: "B827EB000031", status: "down" }, context);
  await listProbes(hawkeye)({ serial_number: "", status: null, page: 4 }, context);
  expect(hawkeye.asked).toEqual([
    "/probes serial_number=B827EB000031 status=down limit=100 offset=0",
    "/probes limit=100 offset=0",
  ]);
});

test.each([
  [{ status: 400 }, 1, 400, "Parameters or body were in an incorrect format"],
  [{ status: 401 }, 1, 401, "Got 401 from Hawkeye"],
  [{ status: 403, body: { status: "no" } }, 1, 403, { status: "no" }],
  [{ status: 302 }, 1, 502, "Got 302 from Hawkeye"],
  [{ status: 429, retryAfterMs: 5 }, 3, 429, "Got 429 from Hawkeye"],
  [{ status: 503 }, 3, 500, "Got internal error from Hawkeye"],
  [{ status: 200, body: { records: [] } }, 1, 502, "Got an unexpected answer from Hawkeye"],
  [{ status: 200, body: [] }, 1, 502, "Got an unexpected answer from Hawkeye"],
] satisfies [Partial<Answer>, number, number, unknown][])(
  "a later page answered with %j is asked for %i times and becomes a %i",
  async (answer, times, status, body) => {
    const hawkeye = scripted((asked) => (offsetOf(asked) === 0 ? page(probes(0, 100), 200) : answer));
    expect(await listProbes(hawkeye)({}, context)).toEqual({ status, body });
    expect(hawkeye.asked).toHaveLength(1 + times);
  },
);

test.each([
  ["login-failed", 1, 401],
  ["cancelled", 1, 504],
  ["not-json", 1, 502],
  ["breaker-open", 1, 503],
  ["timeout", 3, 504],
  ["reset", 3, 500],
] as const)("no answer because of %s is asked for %i times and becomes a %i", async (reason, times, status) => {
  const error = new ThirdPartyError(reason, { system: "hawkeye", host: "ixia.example.net" });
  const hawkeye = scripted(() => error);
  expect(await listProbes(hawkeye)({}, context)).toMatchObject({ status, body: expect.stringContaining("Hawkeye") });
  expect(hawkeye.asked).toHaveLength(times);
});

test("a page that comes at the second attempt is as good as any", async () => {
  const hawkeye = scripted((_, count) => (count === 1 ? { status: 500 } : page(probes(0, 1), 1)));
  expect(await listProbes(hawkeye)({}, context)).toEqual({ status: 200, body: probes(0, 1) });
});

test("a fault of our own is not blamed on Hawkeye", async () => {
  await expect(listProbes(scripted(() => new TypeError("ours")))({}, context)).rejects.toThrow("ours");
});
