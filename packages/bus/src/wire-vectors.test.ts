import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ok } from "./handler-reply.ts";
import { readTicket } from "./testing/contracts.ts";
import { type Fixture, startFixture } from "./testing/fixture.ts";
import type { Bus } from "./types.ts";

interface Vectors {
  readonly cases: readonly {
    readonly name: string;
    readonly payload: string;
    readonly reply: { request_id?: unknown };
  }[];
}

const vectors = (name: string) =>
  (JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8")) as Vectors).cases;

let fixture: Fixture;
let bus: Bus;
beforeAll(async () => {
  fixture = await startFixture();
  ({ bus } = await fixture.open("desk"));
});
afterAll(() => fixture.stop());

describe("our replier under a bare requester", () => {
  beforeAll(() => bus.serve(readTicket, async (body) => ok(body)));

  test.each(vectors("requests"))("$name", async ({ payload, reply }) => {
    const answer = await fixture.bare.request(readTicket.subject, payload, { timeout: 2000 });
    const expected = reply.request_id === "*" ? { ...reply, request_id: expect.stringMatching(/^\w{22}$/) } : reply;
    expect(answer.json()).toEqual(expected);
    expect(answer.headers).toBeUndefined();
  });

  test("writes replies without blanks, the keys in their old order", async () => {
    const answer = await fixture.bare.request(readTicket.subject, '{"request_id":"r1","body":{"ticket_id":1}}');
    expect(answer.string()).toBe('{"request_id":"r1","body":{"ticket_id":1},"status":200}');
  });
});

describe("our requester over a bare replier", () => {
  test.each(vectors("replies"))("$name", async ({ payload, reply }) => {
    const subject = "desk.old.replier";
    const replier = fixture.bare.subscribe(subject, { callback: (_error, message) => void message.respond(payload) });
    await fixture.bare.flush();
    expect(await bus.request({ ...readTicket, subject }, { ticket_id: 4711 })).toEqual(reply);
    replier.unsubscribe();
  });

  test("sends what old repliers read: an id of 22 characters and the body, without blanks", async () => {
    const subject = "desk.old.listener";
    const received: string[] = [];
    fixture.bare.subscribe(subject, {
      callback: (_error, message) => {
        received.push(message.string());
        message.respond('{"body":{"ticket_id":1},"status":200}');
      },
    });
    await fixture.bare.flush();
    await bus.request({ ...readTicket, subject }, { ticket_id: Number.NaN, note: undefined });
    expect(received).toEqual([expect.stringMatching(/^\{"request_id":"\w{22}","body":\{"ticket_id":null\}\}$/)]);
  });
});
