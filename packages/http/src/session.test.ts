import { movableClock } from "@trunkline/clock";
import { expect, test, vi } from "vitest";
import { LoginRefused } from "./errors.ts";
import { json, type ScriptedServer, startServer, thirdParty } from "./scripted-server.ts";
import type { LoginContext, Session } from "./types.ts";

/** A third party that hands out numbered tokens at /login and takes only the newest. */
async function tokenServer(): Promise<ScriptedServer & { logins(): number; revoke(): void; loginStatus: number }> {
  let issued = 0;
  let valid = 0;
  const server = await startServer((response, { url, headers }) => {
    if (url !== "/login")
      return json(response, headers.authorization === `Bearer ${valid}` ? 200 : 401, { token: valid });
    if (tokens.loginStatus !== 200) return json(response, tokens.loginStatus, {});
    issued += 1;
    valid = issued;
    json(response, 200, { token: issued });
  });
  const tokens = Object.assign(server, {
    logins: () => server.received.filter(({ url }) => url === "/login").length,
    revoke: () => {
      valid = -1;
    },
    loginStatus: 200,
  });
  return tokens;
}

function bearer(expiresAt?: () => Date): Session {
  return {
    async login({ call }: LoginContext) {
      const answer = await call({ method: "POST", path: "/login", json: {} });
      if (answer.status !== 200) throw new LoginRefused(answer.status);
      const { token } = answer.body as { token: number };
      return { headers: { authorization: `Bearer ${token}` }, ...(expiresAt && { expiresAt: expiresAt() }) };
    },
  };
}

test("the first call signs in, later ones do not", async () => {
  await using server = await tokenServer();
  const subject = thirdParty(server.url, { session: bearer() });
  expect(subject.signedIn).toBe(false);
  expect((await subject.ask({})).status).toBe(200);
  expect((await subject.ask({})).status).toBe(200);
  expect(subject.signedIn).toBe(true);
  expect(server.logins()).toBe(1);
});

test("a hundred calls at once share one login", async () => {
  await using server = await tokenServer();
  const subject = thirdParty(server.url, { session: bearer() });
  const answers = await Promise.all(Array.from({ length: 100 }, () => subject.ask({})));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(server.logins()).toBe(1);
});

test("a hundred calls that get a 401 at once share one login, and all succeed", async () => {
  await using server = await tokenServer();
  const subject = thirdParty(server.url, { session: bearer() });
  await subject.ask({});
  server.revoke();
  const answers = await Promise.all(Array.from({ length: 100 }, () => subject.ask({})));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(server.logins()).toBe(2);
});

test("a 401 for ever is answered as 401 after one more login, and not a login for every call", async () => {
  await using server = await tokenServer();
  const script = server.script;
  server.script = (response, request) =>
    request.url === "/login" ? script(response, request) : json(response, 401, { why: "no right" });
  const subject = thirdParty(server.url, { session: bearer() });
  for (let call = 0; call < 5; call += 1) {
    expect(await subject.ask({})).toMatchObject({ status: 401, body: { why: "no right" } });
  }
  expect(server.logins()).toBe(2);
});

test("a third party may say in its own way that a session has ended", async () => {
  let ended = false;
  await using server = await startServer((response, { url }) => {
    if (url === "/login") ended = false;
    json(response, 200, ended ? { error: "expired" } : { token: 1 });
  });
  const isExpired: Session["isExpired"] = ({ body }) => (body as { error?: string }).error === "expired";
  const subject = thirdParty(server.url, { session: { ...bearer(), isExpired } });
  await subject.ask({});
  ended = true;
  expect((await subject.ask({})).body).toEqual({ token: 1 });
});

test("credentials are renewed before they end, without a call having to wait or to fail", async () => {
  await using server = await tokenServer();
  const clock = movableClock(new Date("2026-01-05T10:00:00Z"));
  const expiresAt = () => new Date(clock.now().getTime() + 600_000);
  const subject = thirdParty(server.url, { session: bearer(expiresAt), clock });
  await subject.ask({});
  clock.advance(470_000);
  await subject.ask({});
  expect(server.logins()).toBe(1);
  clock.advance(20_000);
  expect((await subject.ask({})).status).toBe(200);
  await vi.waitFor(() => expect(server.logins()).toBe(2));
});

test("credentials that have ended are not used any more", async () => {
  await using server = await tokenServer();
  const clock = movableClock(new Date("2026-01-05T10:00:00Z"));
  const expiresAt = () => new Date(clock.now().getTime() + 600_000);
  const subject = thirdParty(server.url, { session: bearer(expiresAt), clock });
  await subject.ask({});
  clock.advance(600_000);
  await subject.ask({});
  expect(server.received.map(({ url }) => url)).toEqual(["/login", "/x", "/login", "/x"]);
});

test("credentials that are not taken are not tried again with every call", async () => {
  await using server = await tokenServer();
  server.loginStatus = 403;
  const subject = thirdParty(server.url, { session: bearer() });
  for (let call = 0; call < 5; call += 1) {
    await expect(subject.ask({})).rejects.toMatchObject({ reason: "login-failed", facts: { status: 403 } });
  }
  expect(server.logins()).toBe(1);
  expect(subject.signedIn).toBe(false);
});

test("signing in goes on until it succeeds", async () => {
  await using server = await tokenServer();
  server.loginStatus = 503;
  const subject = thirdParty(server.url, { session: bearer() });
  const signingIn = subject.signIn(new AbortController().signal);
  await vi.waitFor(() => expect(server.logins()).toBe(1));
  server.loginStatus = 200;
  await signingIn;
  expect(server.logins()).toBe(2);
  expect((await subject.ask({})).status).toBe(200);
});

test.each([
  [403, [1_000, 2_000, 4_000, 8_000]],
  [503, [1_000, 2_000, 4_000, 4_000]],
  [429, [1_000, 2_000, 4_000, 4_000]],
])("pauses after logins that end with %i grow to %j ms", async (status, pauses) => {
  await using server = await tokenServer();
  server.loginStatus = status;
  const subject = thirdParty(server.url, { session: bearer() });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  try {
    for (const pause of pauses) {
      await expect(subject.ask({})).rejects.toMatchObject({ reason: "login-failed" });
      vi.advanceTimersByTime(pause);
    }
  } finally {
    vi.useRealTimers();
  }
  const told = subject.lines.filter(({ pauseMs }) => pauseMs !== undefined);
  expect(told.map(({ pauseMs }) => pauseMs)).toEqual(pauses);
});

test("signing in ends with its signal", async () => {
  await using server = await startServer(() => {});
  const stop = new AbortController();
  const signingIn = thirdParty(server.url, { session: bearer() }).signIn(stop.signal);
  await vi.waitFor(() => expect(server.received).toHaveLength(1));
  stop.abort();
  await signingIn;
});

test("an endpoint that refuses everybody does not keep the others from a new login", async () => {
  await using server = await tokenServer();
  const { script } = server;
  server.script = (response, request) =>
    request.url === "/closed" ? json(response, 401, {}) : script(response, request);
  const subject = thirdParty(server.url, { session: bearer() });
  expect((await subject.ask({ path: "/closed" })).status).toBe(401);
  server.revoke();
  expect((await subject.ask({})).status).toBe(200);
  expect(server.logins()).toBe(3);
  expect((await subject.ask({ path: "/closed" })).status).toBe(401);
  expect(server.logins()).toBe(3);
});

test("an endpoint that has let somebody in again may cause a new login again", async () => {
  await using server = await tokenServer();
  const { script } = server;
  server.script = (response, request) => (request.url === "/x" ? json(response, 401, {}) : script(response, request));
  const subject = thirdParty(server.url, { session: bearer() });
  expect((await subject.ask({})).status).toBe(401);
  server.script = script;
  expect((await subject.ask({})).status).toBe(200);
  server.revoke();
  expect((await subject.ask({})).status).toBe(200);
});

test("a login without an answer is given up after half a minute", async () => {
  await using server = await startServer(() => {});
  const subject = thirdParty(server.url, { session: bearer() });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const refused = expect(subject.ask({})).rejects.toMatchObject({ reason: "timeout" });
    await vi.waitFor(() => expect(server.received).toHaveLength(1));
    vi.advanceTimersByTime(30_000);
    await refused;
  } finally {
    vi.useRealTimers();
  }
});

test("a caller that leaves does not take the login from those who stay", async () => {
  await using server = await tokenServer();
  const script = server.script;
  const held = Promise.withResolvers<void>();
  server.script = async (response, request) => {
    if (request.url === "/login") await held.promise;
    await script(response, request);
  };
  const subject = thirdParty(server.url, { session: bearer() });
  const leaver = new AbortController();
  const leaving = subject.ask({ signal: leaver.signal });
  const staying = subject.ask({});
  await vi.waitFor(() => expect(server.logins()).toBe(1));
  leaver.abort();
  await expect(leaving).rejects.toMatchObject({ reason: "cancelled" });
  held.resolve();
  expect((await staying).status).toBe(200);
});

test("a login that throws at once does not block the next one", async () => {
  await using server = await tokenServer();
  let broken = true;
  const session: Session = {
    login(context) {
      if (broken) throw new Error("secret");
      return bearer().login(context);
    },
  };
  const subject = thirdParty(server.url, { session });
  await expect(subject.ask({})).rejects.toThrow(/^acme: login-failed$/);
  broken = false;
  await vi.waitFor(async () => expect((await subject.ask({})).status).toBe(200), { timeout: 3000 });
});
