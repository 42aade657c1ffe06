import { type BodyOf, getEmails, markEmailRead } from "@trunkline/contracts";
import type { RunningService } from "@trunkline/service";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type NotifierBench, notifierBench } from "./testing/running-notifier.ts";

let bench: NotifierBench;
let notifier: RunningService;
let sender: string;
let senders = 0;

beforeAll(async () => {
  bench = await notifierBench();
  notifier = await bench.start();
});
afterAll(async () => {
  await notifier.stop();
  await bench.stop();
});
beforeEach(() => {
  senders += 1;
  sender = `noc${senders}@example.net`;
});
afterEach(() => bench.sandbox.faults.removeAll());

const account = "intermapper@trunkline.example";

const deliver = async (subject: string, from = sender) => {
  const source = `From: ${from}\nSubject: ${subject}\nContent-Type: text/plain; charset=utf-8\n\n${subject}\nline2\n`;
  return (await bench.sandbox.world.mailboxes.deliver(account, source)).uid;
};
const read = (changes: Partial<BodyOf<typeof getEmails>> = {}, timeoutMs = 10_000) =>
  bench.bus.request(
    getEmails,
    { email_account: account, email_filter: [sender], lookup_days: 1, ...changes },
    { timeoutMs },
  );
const subjects = async (changes: Partial<BodyOf<typeof getEmails>> = {}) => {
  const reply = await read(changes);
  return reply.ok ? reply.body.map(({ subject }) => subject) : reply.status;
};
const mark = (msg_uid: string, email_account = account) =>
  bench.bus.request(markEmailRead, { msg_uid, email_account }, { idempotencyKey: crypto.randomUUID() });
const isRead = (uid: number) => bench.sandbox.world.mailboxes.list(account).find((mail) => mail.uid === uid)?.isRead;

describe("reading", () => {
  test("a mail comes whole, with its subject, its text and its UID, and stays unread", async () => {
    const uid = await deliver("Alert");
    expect(await read()).toMatchObject({
      ok: true,
      status: 200,
      body: [
        {
          message: `From: ${sender}\nSubject: Alert\nContent-Type: text/plain; charset=utf-8\n\nAlert\nline2\n`,
          subject: "Alert",
          body: "Alert\nline2",
          msg_uid: String(uid),
        },
      ],
    });
    expect(isRead(uid)).toBe(false);
  });

  test("what is read, from somebody else or not there is left out", async () => {
    expect(await subjects()).toEqual([]);
    const uid = await deliver("Read");
    await deliver("Foreign", "else@example.net");
    await deliver("Unread");
    await mark(String(uid));
    expect(await subjects()).toEqual(["Unread"]);
    expect(await subjects({ email_filter: [] })).toEqual([]);
  });

  test("the oldest of each sender come where there is a limit, each mail once", async () => {
    const other = `other-${sender}`;
    for (const name of ["1", "2", "3"]) await deliver(name);
    await deliver("4", other);
    await deliver("5");
    // The address of the other has this sender's in it.
    expect(await subjects({ email_filter: [other, sender], max_messages: 2 })).toEqual(["1", "2", "4"]);
    expect(await subjects({ email_filter: [other, sender], max_messages: 0 })).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("a mail that makes no sense does not keep the others back", async () => {
    const { mailboxes } = bench.sandbox.world;
    const nested = Array.from(
      { length: 2_000 },
      (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}`,
    );
    await mailboxes.deliver(account, `From: ${sender}\n${nested.join("\n")}`).catch(() => undefined);
    await mailboxes.deliver(account, `From: ${sender}\n\nno subject`);
    await deliver("Good");
    const reply = await read();
    expect(reply).toMatchObject({ ok: true });
    const known = reply.ok ? reply.body.map(({ subject, body }) => [subject, body]) : [];
    expect(known.slice(-2)).toEqual([
      ["", "no subject"],
      ["Good", "Good\nline2"],
    ]);
  });

  test("a mail of any size is read as far as its text goes", async () => {
    const source = `From: ${sender}\nSubject: Huge\n\n${"x".repeat(79)}\n${"y".repeat(7_000_000)}`;
    await bench.sandbox.world.mailboxes.deliver(account, source);
    const reply = await read({}, 20_000);
    expect(reply.ok && reply.body.map(({ subject, message }) => [subject, message.length])).toEqual([
      ["Huge", 5 * 1_024 * 1_024 - 4],
    ]);
  });
});

describe("marking", () => {
  test("a mail is read from then on", async () => {
    const uid = await deliver("To be marked");
    expect(await mark(String(uid))).toMatchObject({ status: 200, body: `Successfully marked message ${uid} as read` });
    expect(isRead(uid)).toBe(true);
  });

  test("a mail that is not there counts as marked", async () => {
    expect(await mark("99999")).toMatchObject({ ok: true, body: "Successfully marked message 99999 as read" });
  });
});

describe("trouble", () => {
  const whole = "Failed to read the mails of intermapper@trunkline.example: ";

  test.each([
    ["auth-refused", undefined, 500, "the mail server refused the sign-in"],
    ["refused", "SELECT", 500, "the mail server refused a command"],
    ["refused", "SEARCH", 500, "the mail server refused the search"],
    ["refused", "FETCH", 500, "the mail server refused a command"],
    ["unavailable", undefined, 500, "the connection to the mail server failed"],
    ["garbage", undefined, 500, "the connection to the mail server failed"],
    ["hang-up", undefined, 500, "the connection to the mail server failed"],
  ] as const)("%s at %s is a status and a text", async (kind, method, status, text) => {
    await deliver("Hard to get");
    await notifier.stop();
    notifier = await bench.start();
    const fault = bench.sandbox.faults.add({ system: "imap", kind, method });
    expect(await read()).toMatchObject({ ok: false, status, body: whole + text });
    expect(bench.sandbox.faults.list()[0]?.hits).toBeGreaterThan(0);
    bench.sandbox.faults.remove(fault.id);
    expect(await subjects()).toEqual(["Hard to get"]);
  });

  test("a silent mail server is told of before the requester stops waiting", async () => {
    bench.sandbox.faults.add({ system: "imap", kind: "stall" });
    const reply = await read({}, 1_500);
    expect(reply).toMatchObject({ ok: false, status: 504, body: `${whole}the mail server did not answer in time` });
    bench.sandbox.faults.removeAll();
    expect(await subjects()).toEqual([]);
  });

  test.each([
    ["hang-up", "NOOP"],
    ["unavailable", "NOOP"],
    ["hang-up", "SEARCH"],
    ["unavailable", "SEARCH"],
    ["garbage", "FETCH"],
  ] as const)("a kept connection that is dead (%s at %s) is replaced without a word", async (kind, method) => {
    const uid = await deliver("Still there");
    expect(await subjects()).toEqual(["Still there"]);
    bench.sandbox.faults.add({ system: "imap", kind, method, times: 1 });
    expect(await subjects()).toEqual(["Still there"]);
    expect(bench.sandbox.faults.list()).toEqual([]);
    bench.sandbox.faults.add({ system: "imap", kind, method: "NOOP", times: 1 });
    await mark(String(uid));
    expect(isRead(uid)).toBe(true);
  });

  test("a mail that cannot be marked is a 500 with the text that requesters know", async () => {
    const uid = await deliver("Never marked");
    bench.sandbox.faults.add({ system: "imap", kind: "refused", method: "STORE", times: 1 });
    expect(await mark(String(uid))).toMatchObject({
      ok: false,
      status: 500,
      body: `Failed to mark message ${uid} as read`,
    });
    expect(isRead(uid)).toBe(false);
  });

  test("requests at once share one connection", async () => {
    await subjects();
    const before = await signIns();
    await Promise.all([read(), read(), mark("99999"), read()]);
    expect(await signIns()).toBe(before);
  });
});

describe("bad requests", () => {
  const raw = (body: unknown) => bench.bus.request(getEmails, body as BodyOf<typeof getEmails>);
  const missing =
    'You must include "email_account", "email_filter" and "lookup_days" in the "body" field of the response request';

  test.each([
    [null, 'Must include "body" in request'],
    [{ email_account: account, email_filter: [] }, missing],
    [{ email_filter: [], lookup_days: 1 }, missing],
    [{ email_account: account, email_filter: "a@b", lookup_days: 1 }, expect.stringMatching(/^body\.email_filter: /)],
    [{ email_account: account, email_filter: [], lookup_days: "1" }, expect.stringMatching(/^body\.lookup_days: /)],
    [
      { email_account: "who@example.net", email_filter: [], lookup_days: 1 },
      "Email account who@example.net's password is not in our MONITORABLE_EMAIL_ACCOUNTS dict",
    ],
  ])("%j is refused with 400", async (body, text) => {
    expect(await raw(body)).toMatchObject({ ok: false, status: 400, body: text });
  });

  test("marking, too", async () => {
    expect(await mark("1", "who@example.net")).toMatchObject({ status: 400 });
    expect(await mark("")).toMatchObject({
      status: 400,
      body: 'You must include "msg_uid" and "email_account" in the "body" field of the response request',
    });
    expect(await mark("1:*")).toMatchObject({ status: 400, body: "body.msg_uid: expected a UID" });
  });
});

/** How often somebody has signed in so far, by the server's account. */
async function signIns(): Promise<number> {
  const response = await fetch(`${bench.sandbox.console.url}/api/calls?system=imap`);
  const calls = (await response.json()) as { readonly method: string }[];
  return calls.filter(({ method }) => method === "AUTHENTICATE").length;
}
