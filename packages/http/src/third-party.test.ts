import { createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ThirdPartyError } from "./errors.ts";
import { json, type Script, startServer, thirdParty } from "./scripted-server.ts";
import type { Call, ThirdPartyOptions } from "./types.ts";

async function reasonOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ThirdPartyError);
  return error instanceof ThirdPartyError ? error.reason : "";
}

test("a call sends JSON below the base URL and gives back the parsed answer", async () => {
  await using server = await startServer((response) => json(response, 200, { ok: true }));
  const answer = await thirdParty(`${server.url}/portal/rest`).ask({
    method: "POST",
    path: "/edges/{serial}/notes",
    pathParams: { serial: "VC 05/2" },
    query: { a: 1, b: ["x", "y&z"], c: undefined, d: null },
    json: { text: "ä" },
    headers: { "X-Own": "1" },
  });
  expect(answer).toMatchObject({ status: 200, body: { ok: true } });
  expect(server.received).toMatchObject([
    {
      method: "POST",
      url: "/portal/rest/edges/VC%2005%2F2/notes?a=1&b=x&b=y%26z",
      body: '{"text":"ä"}',
      headers: { "content-type": "application/json", "x-own": "1" },
    },
  ]);
});

test("headers are spelled as the call spells them, and one of the call's takes the place of ours", async () => {
  await using server = await startServer((response) => json(response, 200, {}));
  await thirdParty(server.url).ask({ headers: { VeloSerial: "VC1", Accept: "text/plain" } });
  expect(server.received[0]?.rawHeaders).toEqual(expect.arrayContaining(["VeloSerial", "VC1", "Accept", "text/plain"]));
  expect(server.received[0]?.headers.accept).toBe("text/plain");
});

test("a form is sent encoded", async () => {
  await using server = await startServer((response) => json(response, 200, {}));
  await thirdParty(server.url).ask({ method: "POST", form: { grant_type: "client_credentials", scope: "a b" } });
  expect(server.received[0]?.body).toBe("grant_type=client_credentials&scope=a+b");
  expect(server.received[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
});

test.each([
  ["204", (r) => r.writeHead(204).end(), { status: 204, body: null }],
  ["404 with JSON", (r) => json(r, 404, { error: "none" }), { status: 404, body: { error: "none" } }],
  ["500 with a page", (r) => page(r, 500), { status: 500, body: null, text: "<html>busy</html>" }],
  ["a redirect", (r) => r.writeHead(302, { location: "/elsewhere" }).end(), { status: 302, body: null }],
  [
    "429 with seconds",
    (r) => r.writeHead(429, { "retry-after": "7", "content-type": "application/json" }).end("{}"),
    { status: 429, retryAfterMs: 7000 },
  ],
] satisfies [string, Script, object][])("%s is an answer", async (_, script, answer) => {
  await using server = await startServer(script);
  expect(await thirdParty(server.url).ask({})).toMatchObject(answer);
  expect(server.received).toHaveLength(1);
});

test("text is given back as text when it is expected", async () => {
  await using server = await startServer((response) => page(response, 200));
  expect(await thirdParty(server.url).ask({ expects: "text" })).toMatchObject({
    body: null,
    text: "<html>busy</html>",
  });
});

interface Failing {
  readonly what: string;
  readonly reason: string;
  readonly script: Script;
  readonly options?: Partial<ThirdPartyOptions>;
  readonly call?: Partial<Call>;
}

const fine: Script = (response) => json(response, 200, {});

const FAILING: Failing[] = [
  { what: "a page instead of JSON", reason: "not-json", script: (response) => page(response, 200) },
  { what: "JSON that ends early", reason: "truncated", script: (response) => response.end('{"a":[1,2') },
  { what: "a hang-up before the answer", reason: "reset", script: (response) => response.destroy() },
  {
    what: "a hang-up in the middle of the answer",
    reason: "reset",
    script(response) {
      response.writeHead(200, { "content-length": "100" }).write('{"a":', () => response.destroy());
    },
  },
  {
    what: "a hang-up in the middle of a packed answer",
    reason: "reset",
    script(response) {
      const packed = gzipSync(JSON.stringify(Array.from({ length: 1000 }, Math.random)));
      response.writeHead(200, { "content-encoding": "gzip" });
      response.write(packed.subarray(0, 500), () => response.destroy());
    },
  },
  { what: "an answer that never begins", reason: "timeout", script() {}, options: { headersTimeoutMs: 60 } },
  {
    what: "an answer that never ends",
    reason: "timeout",
    script: (response) => response.writeHead(200).write("{"),
    options: { timeoutMs: 60 },
  },
  {
    what: "an answer over the limit",
    reason: "too-large",
    script: (response) => json(response, 200, { a: "x".repeat(2000) }),
    options: { maxBytes: 1000 },
  },
  {
    what: "an answer that only announces to be over the limit",
    reason: "too-large",
    script: (response) => response.writeHead(200, { "content-length": "2000" }).write("{"),
    options: { maxBytes: 1000 },
  },
  {
    what: "an answer that unpacks to more than the limit",
    reason: "too-large",
    script: (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("1".repeat(100_000))),
    options: { maxBytes: 1000 },
  },
  {
    what: "a request over the limit",
    reason: "too-large",
    script: fine,
    options: { maxBytes: 1000 },
    call: { json: "x".repeat(2000) },
  },
  {
    what: "a path part of dots",
    reason: "bad-path",
    script: fine,
    call: { path: "/x/{serial}", pathParams: { serial: ".." } },
  },
];

test.each(FAILING)("$what fails as $reason", async ({ reason, script, options, call }) => {
  await using server = await startServer(script);
  expect(await reasonOf(thirdParty(server.url, options).ask({ method: "POST", ...call }))).toBe(reason);
});

test("a slow body is limited by the whole time, not by the time until it begins", async () => {
  await using server = await startServer((response) => {
    response.write("[");
    setTimeout(() => response.end("1]"), 150);
  });
  const answer = await thirdParty(server.url, { headersTimeoutMs: 100, timeoutMs: 2000 }).ask({});
  expect(answer.body).toEqual([1]);
});

test("nobody listening fails as refused, an unknown name as dns", async () => {
  const { url } = await startServer(() => {}).then(async (server) => {
    await server[Symbol.asyncDispose]();
    return server;
  });
  expect(await reasonOf(thirdParty(url).ask({}))).toBe("refused");
  expect(await reasonOf(thirdParty("https://nowhere.invalid").ask({}))).toBe("dns");
});

test("something that does not speak HTTP fails as reset", async () => {
  const server = createServer((socket) => socket.end("hello\r\n")).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  expect(await reasonOf(thirdParty(`http://127.0.0.1:${port}`).ask({}))).toBe("reset");
  server.close();
});

test("a caller that gives up ends the request at the third party", async () => {
  const gone = Promise.withResolvers<void>();
  await using server = await startServer((response) => {
    response.once("close", gone.resolve);
    caller.abort();
  });
  const caller = new AbortController();
  expect(await reasonOf(thirdParty(server.url).ask({ signal: caller.signal }))).toBe("cancelled");
  await gone.promise;
});

test("a caller that leaves soon was in a hurry, one that leaves late was kept waiting", async () => {
  await using server = await startServer(() => {});
  const subject = thirdParty(server.url, { headersTimeoutMs: 400 });
  expect(await reasonOf(subject.ask({ signal: AbortSignal.timeout(50) }))).toBe("cancelled");
  expect(await reasonOf(subject.ask({ signal: AbortSignal.timeout(250) }))).toBe("timeout");
});

test("a caller whose deadline has passed before is not sent for", async () => {
  await using server = await startServer(() => {});
  const subject = thirdParty(server.url);
  expect(await reasonOf(subject.ask({ signal: AbortSignal.abort() }))).toBe("cancelled");
  expect(server.received).toEqual([]);
});

test.each([
  "http://acme.example.net",
  "https://user:secret@acme.example.net",
  "https://acme.example.net/?key=secret",
  "ftp://acme.example.net",
  "secret",
])("%s is no base URL, and the complaint does not repeat it", (baseUrl) => {
  expect(() => thirdParty(baseUrl)).toThrow(/^(?!.*secret).*base URL/);
});

function page(response: Parameters<Script>[0], status: number): void {
  response.writeHead(status, { "content-type": "text/html" }).end("<html>busy</html>");
}

test("whoever counts requests sees those that are sent, answered or not, and no others", async () => {
  await using server = await startServer((response) => response.destroy());
  const seen: string[] = [];
  const options: Partial<ThirdPartyOptions> = { onRequest: ({ method, path }) => seen.push(`${method} ${path}`) };
  const subject = thirdParty(server.url, options);
  expect(await reasonOf(subject.ask({ method: "GET", path: "/a/{b}", pathParams: { b: "c" } }))).toBe("reset");
  expect(await reasonOf(subject.ask({ method: "GET", path: "/a/{b}", pathParams: { b: ".." } }))).toBe("bad-path");
  expect(seen).toEqual(["GET /a/{b}"]);
});

test("an answer that nobody can read is counted by whoever counts answers", async () => {
  await using server = await startServer((response) => response.writeHead(200).end("<html>"));
  const seen: number[] = [];
  const options: Partial<ThirdPartyOptions> = { onResponse: ({ status }) => seen.push(status) };
  expect(await reasonOf(thirdParty(server.url, options).ask({ method: "GET" }))).toBe("not-json");
  expect(seen).toEqual([200]);
});
