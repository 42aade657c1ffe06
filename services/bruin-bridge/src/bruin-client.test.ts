import { expect, test } from "vitest";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const call = { method: "GET", path: "/api/Ticket/{ticketId}/details", pathParams: { ticketId: 7 } } as const;

test("a call carries the token that the other host issued, and Bruin's own headers", async () => {
  const bruin = await scriptedBruin({ body: { ticketDetails: [] } });
  expect(await bruin.client.call(call, requestContext())).toEqual({ status: 200, body: { ticketDetails: [] } });
  expect(bruin.logins).toMatchObject([
    {
      method: "POST",
      url: "/identity/connect/token",
      headers: {
        authorization: `Basic ${Buffer.from("trunkline:s3cret").toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials&scope=public_api",
    },
  ]);
  expect(bruin.calls).toMatchObject([
    {
      method: "GET",
      url: "/api/Ticket/7/details",
      headers: {
        authorization: "Bearer token-1",
        "content-type": "application/json-patch+json",
        "cache-control": "no-cache, no-store, no-transform, max-age=0, only-if-cached",
      },
    },
  ]);
});

test("calls that begin together share one token", async () => {
  const bruin = await scriptedBruin({ body: {} });
  await Promise.all(Array.from({ length: 20 }, () => bruin.client.call(call, requestContext())));
  expect(bruin.logins).toHaveLength(1);
  expect(bruin.calls).toHaveLength(20);
});

test("a 401 costs one new token and one more attempt", async () => {
  const bruin = await scriptedBruin({ status: 401 }, { body: "Success" });
  expect(await bruin.client.call(call, requestContext())).toEqual({ status: 200, body: "Success" });
  expect(bruin.logins).toHaveLength(2);
});

test("a 401 that stays is told as such", async () => {
  const bruin = await scriptedBruin({ status: 401 });
  expect(await bruin.client.call(call, requestContext())).toEqual({ status: 401, body: "Got 401 from Bruin" });
  expect(bruin.calls).toHaveLength(2);
});

test("a token near its end is renewed before it is refused", async () => {
  const bruin = await scriptedBruin({ body: "Success" });
  bruin.tokens = [{ body: { access_token: "short", expires_in: 0.05 } }, { body: { access_token: "long" } }];
  await bruin.client.call(call, requestContext());
  await new Promise((resolve) => setTimeout(resolve, 60));
  await bruin.client.call(call, requestContext());
  expect(bruin.calls.map(({ headers }) => headers.authorization)).toEqual(["Bearer short", "Bearer long"]);
});

test("a login that is refused is a 500 without the secret, and the next call tries again", async () => {
  const bruin = await scriptedBruin({ body: "Success" });
  bruin.tokens = [{ status: 400, body: { error: "invalid_client" } }];
  const reply = await bruin.client.call(call, requestContext());
  expect(reply.status).toBe(500);
  expect(reply.body).toMatch(/^bruin: .*login-failed/);
  expect(JSON.stringify(reply)).not.toMatch(/s3cret|invalid_client|Basic/);
  expect(bruin.client.signedIn).toBe(false);
});

test.each([
  [{ hangUp: true }, /reset/],
  [{ raw: "<html>", headers: { "content-type": "text/html" } }, /not-json/],
  [{ raw: '{"ticketDetails": [' }, /truncated/],
])("%j is a 500 that says what happened and nothing of the call", async (answer, cause) => {
  const bruin = await scriptedBruin(answer);
  const reply = await bruin.client.call(call, requestContext());
  expect(reply.status).toBe(500);
  expect(reply.body).toMatch(cause);
  expect(reply.body).not.toMatch(/Bearer|token-1|Ticket\/7/);
});

test("a call ends with its request", async () => {
  const bruin = await scriptedBruin({ silent: true });
  const reply = await bruin.client.call(call, requestContext({ signal: AbortSignal.timeout(100) }));
  expect(reply).toMatchObject({ status: 500, body: expect.stringMatching(/^bruin: GET/) });
});
