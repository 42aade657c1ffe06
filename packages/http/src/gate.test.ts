import { expect, test, vi } from "vitest";
import { json, startServer, thirdParty } from "./scripted-server.ts";

const breaker = { failures: 3, openMs: 100 };

async function failing(subject: ReturnType<typeof thirdParty>): Promise<string> {
  return await subject.ask({}).then(
    ({ status }) => String(status),
    (error: { reason: string }) => error.reason,
  );
}

test("failures in a row open the breaker, and one good call closes it", async () => {
  let status = 500;
  await using server = await startServer((response) => json(response, status, {}));
  const subject = thirdParty(server.url, { breaker });
  const outcomes: string[] = [];
  for (let call = 0; call < 5; call += 1) outcomes.push(await failing(subject));
  expect(outcomes).toEqual(["500", "500", "500", "breaker-open", "breaker-open"]);
  expect(server.received).toHaveLength(3);
  expect(await subject.metrics.getSingleMetricAsString("third_party_breaker_state")).toContain("} 2");

  status = 200;
  await vi.waitFor(async () => expect(await failing(subject)).toBe("200"));
  expect(await failing(subject)).toBe("200");
  expect(await subject.metrics.getSingleMetricAsString("third_party_breaker_state")).toContain("} 0");
});

test("a failed trial opens it again; while the trial runs, others are refused", async () => {
  const trial = Promise.withResolvers<void>();
  await using server = await startServer(async (response) => {
    if (server.received.length === 4) await trial.promise;
    json(response, 503, {});
  });
  const subject = thirdParty(server.url, { breaker });
  for (let call = 0; call < 3; call += 1) await failing(subject);
  const asking: Promise<string>[] = [];
  await vi.waitFor(() => {
    asking.push(failing(subject));
    expect(server.received).toHaveLength(4);
  });
  expect(await failing(subject)).toBe("breaker-open");
  trial.resolve();
  const outcomes = await Promise.all(asking);
  expect(outcomes.filter((outcome) => outcome !== "breaker-open")).toEqual(["503"]);
  expect(await failing(subject)).toBe("breaker-open");
  expect(server.received).toHaveLength(4);
});

test("a trial that its caller gives up proves nothing", async () => {
  let calls = 0;
  await using server = await startServer((response) => {
    calls += 1;
    if (calls <= 3) json(response, 500, {});
  });
  const subject = thirdParty(server.url, { breaker });
  for (let call = 0; call < 3; call += 1) await failing(subject);
  const caller = new AbortController();
  await vi.waitFor(() => {
    subject.ask({ signal: caller.signal }).catch(() => {});
    expect(server.received).toHaveLength(4);
  });
  caller.abort();
  await vi.waitFor(() => expect(subject.lines.filter(({ state }) => state === "open")).toHaveLength(2));
  expect(await failing(subject)).toBe("breaker-open");
});

test("broken connections and timeouts open it", async () => {
  let calls = 0;
  await using server = await startServer((response) => {
    calls += 1;
    if (calls % 2 === 0) response.destroy();
  });
  const subject = thirdParty(server.url, { breaker, timeoutMs: 50 });
  for (let call = 0; call < 3; call += 1) await failing(subject);
  expect(await failing(subject)).toBe("breaker-open");
});

test.each([
  ["4xx", 404, "{}"],
  ["unreadable", 200, "<html>"],
])("%s answers do not open it", async (_, status, body) => {
  await using server = await startServer((response) => response.writeHead(status).end(body));
  const subject = thirdParty(server.url, { breaker });
  for (let call = 0; call < 5; call += 1) await failing(subject);
  expect(server.received).toHaveLength(5);
});

test("callers that give up do not open it", async () => {
  await using server = await startServer(() => {});
  const subject = thirdParty(server.url, { breaker });
  for (let call = 0; call < 4; call += 1) {
    const caller = new AbortController();
    const asking = subject.ask({ signal: caller.signal });
    await vi.waitFor(() => expect(server.received).toHaveLength(call + 1));
    caller.abort();
    await expect(asking).rejects.toMatchObject({ reason: "cancelled" });
  }
});

test("only so many requests are under way; a bounded number waits, the rest is refused at once", async () => {
  let atOnce = 0;
  let most = 0;
  await using server = await startServer(async (response) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => setTimeout(resolve, 20));
    atOnce -= 1;
    json(response, 200, {});
  });
  const subject = thirdParty(server.url, { rateLimit: { concurrency: 2, queue: 3 } });
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => failing(subject)));
  expect(outcomes.toSorted()).toEqual([...Array(5).fill("200"), ...Array(3).fill("busy")]);
  expect(most).toBe(2);
});

test("a caller that gives up while it waits leaves the queue", async () => {
  const held = Promise.withResolvers<void>();
  await using server = await startServer(async (response) => {
    await held.promise;
    json(response, 200, {});
  });
  const subject = thirdParty(server.url, { rateLimit: { concurrency: 1 } });
  const first = subject.ask({});
  const caller = new AbortController();
  const waiting = subject.ask({ signal: caller.signal });
  caller.abort();
  await expect(waiting).rejects.toMatchObject({ reason: "cancelled" });
  held.resolve();
  await first;
  expect(server.received).toHaveLength(1);
});

test("requests are spread so that no second sees more than allowed", async () => {
  await using server = await startServer((response) => json(response, 200, {}));
  const subject = thirdParty(server.url, { rateLimit: { perSecond: 3 } });
  const began = performance.now();
  await Promise.all(Array.from({ length: 4 }, () => subject.ask({})));
  expect(performance.now() - began).toBeGreaterThan(900);
});
