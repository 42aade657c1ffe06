import { type Sandbox, startSandbox } from "@trunkline/sandbox";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createMailAccount, type MailAccount, type MailAccountOptions } from "./mail-account.ts";

const user = "fraud@trunkline.example";
const patience = () => AbortSignal.timeout(5_000);
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ fleet: { edges: 1 } });
});
afterEach(() => sandbox.faults.removeAll());
afterAll(() => sandbox.stop());

function account(options: Partial<MailAccountOptions> = {}): MailAccount {
  const opened = createMailAccount({
    host: "imap.example.net",
    port: 993,
    hostAliases: { "imap.example.net": `127.0.0.1:${sandbox.imap.port}` },
    caFile: sandbox.thirdParty.caFile,
    user,
    password: sandbox.world.mailboxes.accounts[user] ?? "",
    ...options,
  });
  onTestFinished(() => opened.close());
  return opened;
}

const pathOf = (mail: MailAccount) =>
  mail.work(async ({ mailbox }) => (mailbox === false ? undefined : mailbox.path), patience());

/** A connection is worked with for as long as the client is the same one. */
const clientOf = (mail: MailAccount) => mail.work(async (client) => client, patience());

test("the mailbox with all mails is read where there is one, or the one that is named", async () => {
  expect(await pathOf(account())).toBe("[Gmail]/All Mail");
  expect(await pathOf(account({ mailbox: "INBOX" }))).toBe("INBOX");
});

test("a mailbox that is not there is a refusal", async () => {
  await expect(pathOf(account({ mailbox: "Elsewhere" }))).rejects.toMatchObject({ kind: "refused" });
});

test("a wrong password is told without being shown", async () => {
  const failure = pathOf(account({ password: "guessed" }));
  await expect(failure).rejects.toMatchObject({ kind: "sign-in", message: "the mail server refused the sign-in" });
});

test("a server that nobody trusts, or that is not there, is no connection", async () => {
  await expect(pathOf(account({ caFile: undefined }))).rejects.toMatchObject({ kind: "connection" });
  const hostAliases = { "imap.example.net": "127.0.0.1:1" };
  await expect(pathOf(account({ hostAliases }))).rejects.toMatchObject({ kind: "connection" });
});

test("a connection is kept for the next work, and closed when there is none", async () => {
  const mail = account({ idleMs: 100 });
  const first = await clientOf(mail);
  expect(await clientOf(mail)).toBe(first);
  await vi.waitFor(() => expect(first.usable).toBe(false));
  expect(await clientOf(mail)).not.toBe(first);
});

test("a silent server is given up by itself", async () => {
  sandbox.faults.add({ system: "imap", kind: "stall", method: "SELECT" });
  await expect(pathOf(account({ silenceMs: 100 }))).rejects.toMatchObject({ kind: "timeout" });
});

test("who waits behind a stalled work hears in time that it is too late", async () => {
  const mail = account();
  const stalled = mail.work(() => new Promise<never>(() => undefined), AbortSignal.timeout(300));
  const behind = pathOf(mail);
  const impatient = mail.work(async () => "never", AbortSignal.timeout(100));
  await expect(impatient).rejects.toMatchObject({ kind: "timeout" });
  await expect(stalled).rejects.toMatchObject({ kind: "timeout" });
  expect(await behind).toBe("[Gmail]/All Mail");
});
