import { afterAll, beforeAll, expect, test } from "vitest";
import { NotAllowedError, NotPublishedError } from "./errors.ts";
import { ok } from "./handler-reply.ts";
import { type BusLab, messageContract, openLab, readContract } from "./testing/bus-lab.ts";

const [allowed, denied] = [readContract(), readContract()];
const [plain, kept, keptNowhere] = [messageContract(), messageContract(), messageContract()];
/** A user who may ask one subject and keep messages in one stream, but not in another. */
const configuration = `
no_auth_user: anybody
authorization: {
  users: [
    { user: anybody, password: none }
    {
      user: fenced
      password: fence
      permissions: {
        publish: { allow: ["${allowed.subject}", "$JS.API.INFO", "$JS.API.STREAM.*.OPEN", "${keptNowhere.subject}"] }
        subscribe: { allow: ["_INBOX.fenced.>", "$SRV.>"] }
      }
    }
  ]
}`;
const credentials = { user: "fenced", password: "fence" };

const releases = new AsyncDisposableStack();
let lab: BusLab;
beforeAll(async () => {
  lab = await openLab(releases, { configuration });
});
afterAll(() => releases.disposeAsync());

/** Refusals come at once: far within the time that anything is waited for. */
async function promptly<Result>(work: Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  try {
    return await work;
  } finally {
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  }
}

test("a request that is not allowed is a 503 at once; one that is, is answered", async () => {
  const bus = await lab.bus({ service: "fenced", credentials });
  const replier = await lab.bus();
  await replier.serve(allowed, async () => ok({ done: true }));
  await replier.serve(denied, async () => ok({ done: true }));
  expect(await bus.request(allowed, { text: "" })).toMatchObject({ ok: true });
  expect(await promptly(bus.request(denied, { text: "" }))).toMatchObject({
    status: 503,
    body: "this service may not publish to this subject",
  });
});

test("so are messages, whether a stream keeps them or not, and whichever part of that is not allowed", async () => {
  const bus = await lab.bus({ service: "fenced", credentials });
  await expect(promptly(bus.publish(plain, { text: "" }))).rejects.toThrow(
    /NATS does not allow this service to publish/,
  );
  const open = { ...kept, stream: "OPEN" };
  await expect(promptly(bus.publish(open, { text: "" }))).rejects.toThrow(NotPublishedError);
  const closed = { ...keptNowhere, stream: "CLOSED" };
  await expect(promptly(bus.publish(closed, { text: "" }))).rejects.toThrow(NotPublishedError);
});

test("whoever may not listen learns it when it begins to", async () => {
  const bus = await lab.bus({ service: "fenced", credentials });
  await expect(promptly(bus.serve(denied, async () => ok({})))).rejects.toThrow(NotAllowedError);
  await expect(promptly(bus.consume(plain, async () => undefined, { durable: "x" }))).rejects.toThrow(NotAllowedError);
  // Its own inbox is another one.
  await expect(promptly(lab.bus({ service: "other", credentials }))).rejects.toThrow(NotAllowedError);
});
