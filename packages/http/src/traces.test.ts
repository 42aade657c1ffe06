import { expect, test } from "vitest";
import { json, startServer, thirdParty } from "./scripted-server.ts";

const SECRET = "hunter2";

/** A call with a secret wherever one can be put. */
const loaded = {
  method: "POST",
  path: "/tickets/{id}/notes",
  pathParams: { id: SECRET },
  query: { key: SECRET },
  json: { password: SECRET },
  headers: { authorization: `Bearer ${SECRET}` },
} as const;

test.each([
  ["an answer", (r) => json(r, 200, { token: SECRET })],
  ["a refusal", (r) => json(r, 403, { token: SECRET })],
  ["a page", (r) => r.writeHead(200, { "content-type": "text/html", "set-cookie": SECRET }).end(SECRET)],
  ["a hang-up", (r) => r.destroy()],
] satisfies [string, Parameters<typeof startServer>[0]][])(
  "%s leaves no secret in errors, logs or metrics",
  async (_, script) => {
    await using server = await startServer(script);
    const subject = thirdParty(server.url);
    const error = await subject.ask(loaded).catch((thrown: unknown) => thrown);
    if (error instanceof Error) {
      expect(error.cause).toBeUndefined();
      expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain(SECRET);
    }
    expect(JSON.stringify(subject.lines)).not.toContain(SECRET);
    expect(await subject.metrics.metrics()).not.toContain(SECRET);
  },
);

test("a line tells which request called what, and how it ended", async () => {
  await using server = await startServer((response) => json(response, 200, {}));
  const subject = thirdParty(server.url);
  await subject.ask(loaded);
  expect(subject.lines).toMatchObject([
    {
      level: 20,
      system: "acme",
      host: "127.0.0.1",
      method: "POST",
      endpoint: "/tickets/{id}/notes",
      status: 200,
      request_id: "r1",
    },
  ]);
});

test("metrics count by path template and status or reason, and share a registry", async () => {
  await using server = await startServer((response, { url }) =>
    url === "/x" ? json(response, 200, {}) : response.destroy(),
  );
  const subject = thirdParty(server.url);
  const other = thirdParty(server.url, { name: "other", metrics: subject.metrics });
  await subject.ask({});
  await subject.ask({});
  await other.ask(loaded).catch(() => {});
  const text = await subject.metrics.getSingleMetricAsString("third_party_requests_total");
  expect(text).toContain('{system="acme",host="127.0.0.1",method="GET",endpoint="/x",status="200"} 2');
  expect(text).toContain(
    '{system="other",host="127.0.0.1",method="POST",endpoint="/tickets/{id}/notes",status="reset"} 1',
  );
  expect(await subject.metrics.metrics()).toMatch(
    /duration_seconds_count\{system="acme",host="127.0.0.1",method="GET",endpoint="\/x"\} 2/,
  );
});
