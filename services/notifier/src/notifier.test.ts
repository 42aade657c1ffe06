import { type BodyOf, emailNotification, slackNotification, smsRequest } from "@trunkline/contracts";
import { ConfigError, type RunningService, startService } from "@trunkline/service";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { service } from "./service.ts";
import { type NotifierBench, notifierBench } from "./testing/running-notifier.ts";

let bench: NotifierBench;
let notifier: RunningService;

beforeAll(async () => {
  bench = await notifierBench();
  notifier = await bench.start();
});
afterAll(async () => {
  await notifier.stop();
  await bench.stop();
});
afterEach(() => bench.sandbox.faults.removeAll());

const shown = (channel: "slack" | "email" | "sms") => bench.sandbox.world.messages.list(channel);
const slackTexts = (beginning: string) =>
  shown("slack")
    .map(({ text }) => text)
    .filter((text) => text.startsWith(beginning));
const slack = (message: unknown) =>
  bench.bus.publish(slackNotification, { message } as BodyOf<typeof slackNotification>);

describe("Slack", () => {
  test("messages are posted in the order in which they were published", async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `[order] ${index}`);
    for (const text of texts) await slack(text);
    await vi.waitFor(() => expect(slackTexts("[order]")).toEqual(texts), { timeout: 10_000 });
  });

  test("anything but a text is shown as JSON", async () => {
    await slack({ json: ["GE1"] });
    await vi.waitFor(() => expect(slackTexts('{"json"')).toEqual(['{"json":["GE1"]}']));
  });

  test("what Slack cannot take now waits, and holds up what follows", async () => {
    const kinds = [{ kind: "429", retryAfterSeconds: 1 }, { kind: "500" }, { kind: "hang-up" }] as const;
    for (const kind of kinds) bench.sandbox.faults.add({ system: "slack", times: 1, ...kind });
    await slack("[patient] 1");
    await slack("[patient] 2");
    await vi.waitFor(() => expect(slackTexts("[patient]")).toEqual(["[patient] 1", "[patient] 2"]), {
      timeout: 30_000,
    });
  }, 40_000);

  test("the pause that Slack names is kept, by those that follow too", async () => {
    bench.sandbox.faults.add({ system: "slack", kind: "429", retryAfterSeconds: 2, times: 1 });
    const asked = Date.now();
    await slack("[limited] 1");
    await slack("[limited] 2");
    await vi.waitFor(() => expect(slackTexts("[limited]")).toEqual(["[limited] 1", "[limited] 2"]), {
      timeout: 10_000,
    });
    expect(Date.now() - asked).toBeGreaterThanOrEqual(2_000);
  });

  test("what Slack finds malformed holds up nothing", async () => {
    await slack("");
    await slack("[after poison]");
    await vi.waitFor(() => expect(slackTexts("[after poison]")).toHaveLength(1), { timeout: 5_000 });
    expect(slackTexts("")).not.toContain("");
  });
});

const email = {
  subject: "Daily",
  recipient: "a@example.net, b@example.net",
  text: "plain",
  html: "<p>rich</p>",
  images: [],
  attachments: [{ name: "r.csv", data: "YSxiCjEsMgo=" }],
};
const mail = (changes: Partial<typeof email>) =>
  bench.bus.publish(emailNotification, { email_data: { ...email, ...changes } });
const mails = (subject: string) => shown("email").filter((message) => message.subject === subject);

describe("e-mail", () => {
  test("it is signed in for, and reaches every recipient with its attachments", async () => {
    await mail({ subject: "Attached" });
    await vi.waitFor(() => expect(mails("Attached")).toHaveLength(1), { timeout: 5_000 });
    expect(mails("Attached")).toMatchObject([
      {
        from: bench.env.EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_USERNAME,
        to: "a@example.net, b@example.net",
        html: expect.stringContaining("<p>rich</p>"),
        attachments: [{ name: "r.csv", mediaType: "text/csv", bytes: 8 }],
      },
    ]);
  });

  test.each(["unavailable", "auth-refused"] as const)("it is tried again when the server is %s", async (kind) => {
    bench.sandbox.faults.add({ system: "smtp", kind, times: 1 });
    await mail({ subject: `Retried ${kind}` });
    await vi.waitFor(() => expect(mails(`Retried ${kind}`)).toHaveLength(1), { timeout: 10_000 });
  });

  test("it is given up when every recipient is refused", async () => {
    bench.sandbox.faults.add({ system: "smtp", kind: "recipient-refused", times: 1 });
    await mail({ subject: "Refused", recipient: "nobody@example.net" });
    await vi.waitFor(async () => expect(await deadLetters("notification.email.request")).toBe(1), { timeout: 5_000 });
    expect(mails("Refused")).toEqual([]);
  });
});

/** How many messages of a subject the notifier has parked. */
async function deadLetters(subject: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${notifier.metricsPort}/metrics`);
  const line = (await response.text()).split("\n").find((each) => /dead_letters/.test(each) && each.includes(subject));
  return Number(line?.split(" ").at(-1) ?? 0);
}

const sms = (sms_data: string, idempotencyKey: string = crypto.randomUUID()) =>
  bench.bus.request(smsRequest, { sms_to: "16665550100", sms_data }, { idempotencyKey });
const smsTexts = (text: string) => shown("sms").filter((message) => message.text === text);

describe("SMS", () => {
  test("its reply is the gateway's", async () => {
    expect(await sms("hi")).toMatchObject({ ok: true, status: 200, body: { status: "queued", to: "16665550100" } });
    expect(smsTexts("hi")).toMatchObject([{ from: "16665550199", to: "16665550100" }]);
  });

  test("a long one is counted as the gateway bills it", async () => {
    expect(await sms("–".repeat(80))).toMatchObject({ ok: true });
    expect(smsTexts("–".repeat(80))).toMatchObject([{ parts: 2, encoding: "UCS-2" }]);
    const metrics = await (await fetch(`http://127.0.0.1:${notifier.metricsPort}/metrics`)).text();
    expect(metrics).toMatch(/^notifier_sms_parts_total\{[^}]*encoding="UCS-2"[^}]*\} 2$/m);
  });

  test("one of too many parts, or to no number, is refused by the name of its field", async () => {
    expect(await sms("x".repeat(50_000))).toMatchObject({
      status: 400,
      body: "body.sms_data: expected at most 255 parts",
    });
    const nobody = { sms_to: "Acme", sms_data: "hi" };
    expect(await bench.bus.request(smsRequest, nobody, { idempotencyKey: crypto.randomUUID() })).toMatchObject({
      status: 400,
      body: "body.sms_to: expected a telephone number in digits",
    });
  });

  test("one is sent once for each key, however often it is asked for", async () => {
    const replies = await Promise.all([sms("once", "key-2"), sms("once", "key-2"), sms("once", "key-2")]);
    replies.push(await sms("once", "key-2"));
    expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
    expect(smsTexts("once")).toHaveLength(1);
  });

  test("the gateway's refusal passes", async () => {
    bench.sandbox.faults.add({ system: "sms", kind: "503", times: 1 });
    expect(await sms("refused")).toMatchObject({ ok: false, status: 503 });
  });

  test("one that may have been sent is not sent again", async () => {
    bench.sandbox.faults.add({ system: "sms", kind: "hang-up", when: "after", times: 1 });
    expect(await sms("in doubt", "key-1")).toMatchObject({ ok: false, status: 409 });
    expect(await sms("in doubt", "key-1")).toMatchObject({ ok: false, status: 409 });
    expect(smsTexts("in doubt")).toHaveLength(1);
  });
});

test("equal alerts are told in one, with their count, across a restart", async () => {
  const window = { SLACK_FOLD_SECONDS: "2" };
  await notifier.stop();
  notifier = await bench.start(window);
  for (const _ of [1, 2, 3]) await slack("[again] down");
  await slack("[again] other");
  await vi.waitFor(() => expect(slackTexts("[again]")).toEqual(["[again] down", "[again] other"]), { timeout: 5_000 });
  await notifier.stop();
  await slack("[again] down");
  notifier = await bench.start(window);
  const told = () => slackTexts("_The same").filter((text) => text.endsWith("[again] down"));
  await vi.waitFor(() => expect(counted(told())).toBe(3), { timeout: 10_000 });
});

/** How many repetitions the summaries tell of. */
function counted(summaries: readonly string[]): number {
  return summaries.reduce((sum, text) => sum + Number(/same (\d+) more/.exec(text)?.[1] ?? 1), 0);
}

test("without an SMS gateway the other channels work, and an SMS is refused", async () => {
  await notifier.stop();
  const { TELESTAX_URL: _, ...env } = bench.env;
  notifier = await startService(service, { env });
  expect(await sms("nowhere")).toMatchObject({ ok: false, status: 501 });
  await slack("[no gateway]");
  await vi.waitFor(() => expect(slackTexts("[no gateway]")).toHaveLength(1), { timeout: 5_000 });
});

test.each([undefined, "http://hooks.slack.example.net/services/T0", "hooks.slack.example.net"])(
  "%s is no webhook, and the notifier says so before it starts",
  async (SLACK_WEBHOOK) => {
    const start = startService(service, { env: { ...bench.env, SLACK_WEBHOOK } });
    await expect(start).rejects.toSatisfy(
      (error) => error instanceof ConfigError && error.problems.every(({ variable }) => variable === "SLACK_WEBHOOK"),
    );
  },
);

test("messages wait while the notifier is down, and are delivered in order when it is back", async () => {
  await notifier.stop();
  await slack("[waiting] 1");
  await slack("[waiting] 2");
  await mail({ subject: "Waiting" });
  notifier = await bench.start();
  await vi.waitFor(() => expect(slackTexts("[waiting]")).toEqual(["[waiting] 1", "[waiting] 2"]), {
    timeout: 10_000,
  });
  await vi.waitFor(() => expect(mails("Waiting")).toHaveLength(1), { timeout: 10_000 });
});
