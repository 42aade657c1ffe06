import type { RequestContext } from "@trunkline/bus";
import { expect, test } from "vitest";
import { hawkeyeCacheHandler, LIST } from "./get-hawkeye-cache.ts";
import { cachedProbeOf } from "./testing/devices.ts";

const context = { logger: { error() {} } } as unknown as RequestContext;
const present = new Map([
  [
    LIST,
    [
      { entry: cachedProbeOf("P1"), lastContact: new Date("2026-01-05T09:40:00Z") },
      { entry: cachedProbeOf("P2", { last_contact: "yesterday" }), lastContact: undefined },
    ],
  ],
]);

function ask(lists: typeof present, request: { last_contact_filter?: string | null; region?: string }) {
  return hawkeyeCacheHandler(async () => lists)(request, context);
}

test.each([
  [{}, ["P1", "P2"]],
  [{ last_contact_filter: null }, ["P1", "P2"]],
  [{ last_contact_filter: "2026-01-05 09:39:59.999999" }, ["P1"]],
])("%j is answered with %j", async (request, serials) => {
  const { status, body } = await ask(present, request);
  expect(status).toBe(200);
  expect(body).toMatchObject(serials.map((serial_number) => ({ serial_number })));
});

test("before anything has been built, the answer is a 202", async () => {
  expect(await ask(new Map(), {})).toEqual({ status: 202, body: "Cache is still being built" });
});

test("a filter that matches nothing is a 404 that repeats it", async () => {
  expect(await ask(present, { last_contact_filter: "2026-01-05 09:40:00" })).toEqual({
    status: 404,
    body: "No devices were found for the specified filters: {'last_contact_filter': '2026-01-05 09:40:00'}",
  });
});

test("a cache that cannot be read is a 503", async () => {
  const handler = hawkeyeCacheHandler(() => Promise.reject(new Error("away")));
  expect(await handler({}, context)).toMatchObject({ status: 503 });
});
