import { type Answer, ThirdPartyError } from "@trunkline/http";
import { expect, test, vi } from "vitest";
import { testResults } from "./test-results.ts";
import { context, page, scripted } from "./testing/scripted-hawkeye.ts";

vi.mock("node:timers/promises", () => ({ setTimeout: async () => {} }));

const interval = { start: "2022-06-03 09:00:00.123456", end: "2022-06-03 10:00:00" };
const metrics = [{ metric: "Jitter (ms)", value: "9", threshold: "5", thresholdType: "0", status: "Failed" }];

/** Asks about probes a, b and c; a has the results 1 and 2, b has 3, c has none. `odd` answers some calls its own way. */
async function ask(odd: (asked: string) => Partial<Answer> | Error | undefined = () => undefined) {
  const ids: Record<string, number[]> = { a: [1, 2], b: [3], c: [] };
  const hawkeye = scripted((asked) => {
    const special = odd(asked);
    if (special !== undefined) return special;
    const uid = /probeFrom=(\w)/.exec(asked)?.[1];
    if (uid === undefined) return { body: { metrics, parameters: {} } };
    const rows = (ids[uid] ?? []).map((id) => ({ id, status: "Failed" }));
    return page(rows, rows.length);
  });
  const reply = await testResults(hawkeye)({ probe_uids: ["a", "b", "c", "a"], interval }, context);
  return { reply, asked: hawkeye.asked };
}

const result = (id: number) => ({ summary: { id, status: "Failed" }, metrics });

test("results are told by probe with their figures; a probe without results is left out", async () => {
  const { reply, asked } = await ask();
  expect(reply).toEqual({ status: 200, body: { a: [result(1), result(2)], b: [result(3)] } });
  const list = "/testsresults startDate=2022-06-03 09:00:00.123456 endDate=2022-06-03 10:00:00";
  expect(asked.toSorted()).toEqual(
    [
      `${list} probeFrom=a limit=100 offset=0`,
      `${list} probeFrom=b limit=100 offset=0`,
      `${list} probeFrom=c limit=100 offset=0`,
      "/testsresults/1",
      "/testsresults/2",
      "/testsresults/3",
    ].toSorted(),
  );
});

test("nobody is asked about no probes", async () => {
  const hawkeye = scripted(() => page([], 0));
  expect(await testResults(hawkeye)({ probe_uids: [], interval }, context)).toEqual({ status: 200, body: {} });
  expect(hawkeye.asked).toEqual([]);
});

test.each([[{ status: 404 }], [{ status: 500 }], [{ status: 200, body: "no result" }]] satisfies [Partial<Answer>][])(
  "a result whose figures are answered with %j is left out",
  async (answer) => {
    const { reply } = await ask((asked) => (asked.endsWith("/2") || asked.endsWith("/3") ? answer : undefined));
    expect(reply).toEqual({ status: 200, body: { a: [result(1)] } });
  },
);

test("a result without figures has none", async () => {
  const { reply } = await ask((asked) => (asked.startsWith("/testsresults/") ? { body: {} } : undefined));
  expect(reply.body).toMatchObject({ b: [{ metrics: [] }] });
});

test.each([
  [{ status: 401 }, 401],
  [{ status: 429 }, 429],
  [new ThirdPartyError("reset", { system: "hawkeye", host: "ixia.example.net" }), 500],
] as const)("figures that nobody gets because of %j refuse the request", async (answer, status) => {
  expect((await ask((asked) => (asked.endsWith("/2") ? answer : undefined))).reply).toMatchObject({ status });
});

test.each([
  [{ status: 400 }, 400],
  [{ status: 500 }, 500],
] as const)("a list that is refused with %j refuses the request", async (answer, status) => {
  expect((await ask((asked) => (asked.includes("=b ") ? answer : undefined))).reply).toMatchObject({ status });
});

test("a large request keeps few calls under way", async () => {
  let running = 0;
  let most = 0;
  const hawkeye = scripted(() => page([], 0));
  const get: typeof hawkeye.get = async (...call) => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    return hawkeye.get(...call);
  };
  const probe_uids = Array.from({ length: 100 }, (_, index) => `uid ${index}`);
  await testResults({ get })({ probe_uids, interval }, context);
  expect(most).toBe(8);
});
