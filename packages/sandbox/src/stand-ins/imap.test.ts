import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:tls";
import { ImapFlow } from "imapflow";
import { createTransport } from "nodemailer";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";

const account = "fraud@trunkline.example";

describe("the mailboxes", () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ fleet: { edges: 3 } });
  });
  afterEach(() => sandbox.faults.removeAll());
  afterAll(() => sandbox.stop());

  const deliver = async (subject: string, from = "noc@example.net") => {
    const mail = await control("/api/mails", { account, from, subject, text: `${subject}\nsecond line` });
    return mail.uid ?? 0;
  };

  async function control(path: string, body: unknown) {
    const response = await fetch(sandbox.console.url + path, { method: "POST", body: JSON.stringify(body) });
    return { status: response.status, ...((await response.json()) as { uid?: number; error?: string }) };
  }

  function clientWith(pass?: string): ImapFlow {
    const client = new ImapFlow({
      host: "127.0.0.1",
      port: sandbox.imap.port,
      servername: "imap.example.net",
      secure: true,
      auth: { user: account, pass: pass ?? sandbox.world.mailboxes.accounts[account] ?? "" },
      tls: { ca: readFileSync(sandbox.thirdParty.caFile) },
      logger: false,
      socketTimeout: 500,
      greetingTimeout: 500,
      disableAutoIdle: true,
    });
    client.on("error", () => undefined);
    onTestFinished(() => client.close());
    return client;
  }

  async function signedIn(): Promise<ImapFlow> {
    const client = clientWith();
    await client.connect();
    await client.mailboxOpen("INBOX");
    return client;
  }

  it("a mail that is sent to an account over SMTP lies in its mailbox, unread", async () => {
    const { EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_USERNAME: user = "", ...env } = sandbox.env("notifier");
    const transport = createTransport({
      host: "127.0.0.1",
      port: sandbox.smtp.port,
      auth: { user, pass: env.EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_PASSWORD ?? "" },
      tls: { servername: "smtp.example.net", ca: readFileSync(sandbox.thirdParty.caFile) },
    });
    await transport.sendMail({ from: user, to: `${account}, else@example.net`, subject: "By SMTP", text: "ü" });
    const client = await signedIn();
    const uids = await client.search({ seen: false, subject: "By SMTP" }, { uid: true });
    const [mail] = await client.fetchAll(
      uids || [],
      { uid: true, source: true, size: true, flags: true, internalDate: true },
      { uid: true },
    );
    expect(mail).toMatchObject({ size: mail?.source?.length, flags: new Set() });
    expect(String(mail?.source)).toMatch(/Subject: By SMTP\r\n/);
    expect(Math.abs(Number(mail?.internalDate) - Date.now())).toBeLessThan(5_000);
    expect(sandbox.world.mailboxes.list(account).at(-1)).toMatchObject({
      subject: "By SMTP",
      text: "ü",
      isRead: false,
    });
  });

  it("is searched by sender, day and state", async () => {
    const [one, two, other] = [
      await deliver("1", "a@northwind.example"),
      await deliver("2", "A@northwind.example"),
      await deliver("3"),
    ];
    const client = await signedIn();
    const today = new Date();
    const found = (query: object) => client.search(query, { uid: true });
    expect(await found({ seen: false, since: today, from: "a@northwind.example" })).toEqual([one, two]);
    expect(await found({ since: new Date(Date.now() + 2 * 86_400_000) })).toEqual([]);
    expect(await found({ or: [{ subject: "1" }, { uid: String(other) }], not: { from: "nobody@" } })).toEqual([
      one,
      other,
    ]);
    await client.messageFlagsAdd(String(one), ["\\Seen"], { uid: true });
    expect(await found({ seen: false, from: "a@northwind.example" })).toEqual([two]);
    await client.messageFlagsRemove(String(one), ["\\Seen"], { uid: true });
    expect(await found({ seen: false, from: "a@northwind.example" })).toEqual([one, two]);
  });

  it("shows who has read what, and a look does not count", async () => {
    const uid = await deliver("To be read");
    const isRead = () => sandbox.world.mailboxes.list(account).find((mail) => mail.uid === uid)?.isRead;
    const client = await signedIn();
    await client.fetchOne(String(uid), { source: true }, { uid: true });
    expect(isRead()).toBe(false);
    await client.messageFlagsAdd(String(uid), ["\\Seen"], { uid: true });
    expect(isRead()).toBe(true);
  });

  it("gives a part of a mail, and says what came meanwhile", async () => {
    const client = await signedIn();
    const uid = await deliver("Only the beginning");
    await client.noop();
    const mail = await client.fetchOne(
      String(uid),
      { source: { start: 0, maxLength: 10 }, headers: ["subject"] },
      { uid: true },
    );
    expect(mail).toMatchObject({ source: { length: 10 } });
    expect(String(mail ? mail.headers : "")).toBe("Subject: Only the beginning\r\n\r\n");
  });

  it("has an inbox, and all mail as Gmail has it", async () => {
    const client = await signedIn();
    const folders = await client.list();
    expect(folders.map(({ path, specialUse }) => [path, specialUse])).toEqual([
      ["INBOX", "\\Inbox"],
      ["[Gmail]/All Mail", "\\All"],
    ]);
    await expect(client.mailboxOpen("Elsewhere")).rejects.toMatchObject({ mailboxMissing: true });
    expect(await client.status("INBOX", { messages: true })).toMatchObject({
      messages: sandbox.world.mailboxes.list(account).length,
    });
  });

  it("does not let anybody in with a wrong password", async () => {
    await expect(clientWith("guessed").connect()).rejects.toMatchObject({ authenticationFailed: true });
  });

  it.each([
    ["auth-refused", "AUTHENTICATE"],
    ["unavailable", undefined],
    ["unavailable", "SEARCH"],
    ["garbage", undefined],
    ["hang-up", undefined],
    ["hang-up", "FETCH"],
    ["stall", undefined],
    ["stall", "FETCH"],
    ["refused", "SELECT"],
  ] as const)("fails on demand: %s at %s", async (kind, method) => {
    const uid = await deliver("Never seen");
    sandbox.faults.add({ system: "imap", kind, method, times: 1 });
    const read = async () => {
      const client = await signedIn();
      await client.search({ seen: false });
      return client.fetchOne(String(uid), { source: true }, { uid: true });
    };
    await expect(read()).rejects.toThrow();
    expect(await read()).toMatchObject({ uid });
  });

  /** What an older client says, line by line, and what it hears until a pattern comes. */
  async function plainClient({ imap, thirdParty, world }: Sandbox) {
    const socket = connect({ port: imap.port, servername: "imap.example.net", ca: readFileSync(thirdParty.caFile) });
    onTestFinished(() => void socket.destroy());
    let heard = "";
    socket.on("data", (chunk) => {
      heard += String(chunk);
    });
    await once(socket, "data");
    const say = async (line: string, until = new RegExp(`^${line.split(" ")[0]} `, "m")) => {
      heard = "";
      socket.write(`${line}\r\n`);
      while (!until.test(heard)) await once(socket, "data");
      return heard;
    };
    return { say, password: world.mailboxes.accounts[account] ?? "" };
  }

  it("speaks plainly with older clients: LOGIN, sequence numbers, literals, the UID before the bytes", async () => {
    const uid = await deliver("Plainly spoken");
    const { say, password } = await plainClient(sandbox);
    await say(`1 LOGIN ${account} {${password.length}}`, /^\+/m);
    expect(await say(password, /^1 /m)).toMatch(/^1 OK/m);
    expect(await say('2 SELECT "[Gmail]/All Mail"')).toMatch(/^\* \d+ EXISTS/m);
    const number = /SEARCH (\d+)/.exec(await say('3 SEARCH (UNSEEN) (SUBJECT "Plainly spoken")'))?.[1];
    expect(await say(`4 FETCH ${number} (BODY.PEEK[] UID)`)).toMatch(
      new RegExp(`^\\* ${number} FETCH \\(UID ${uid} BODY\\[\\] \\{\\d+\\}\\r\\n`),
    );
    expect(await say(`5 UID STORE ${uid} +FLAGS (\\Seen)`)).toContain(`(UID ${uid} FLAGS (\\Seen))`);
    expect(await say("6 UID STORE 9999 +FLAGS (\\Seen)")).toBe("6 OK Done\r\n");
    expect(await say("7 DANCE")).toBe("7 BAD DANCE is not spoken here\r\n");
    expect(await say("8 SELECT (", /BAD/)).toBe("* BAD Missing )\r\n");
    expect(await say("9 LOGOUT")).toMatch(/^\* BYE/);
  });

  it("puts the UID after the bytes where it is told to", async () => {
    const own = await startSandbox({ fleet: { edges: 3 }, settings: { imapUidLast: true } });
    onTestFinished(() => own.stop());
    await own.world.mailboxes.deliver(account, "From: a@example.net\n\nhello\n");
    const { say, password } = await plainClient(own);
    await say(`1 LOGIN ${account} ${password}`);
    await say("2 SELECT INBOX");
    expect(await say("3 FETCH 1 (BODY.PEEK[] UID)")).toMatch(/hello\r\n UID \d+\)\r\n/);
  });

  it("refuses a mail for nobody", async () => {
    expect(await control("/api/mails", { account: "else@example.net", from: "a@example.net" })).toMatchObject({
      status: 404,
      error: "There is no mailbox else@example.net.",
    });
    expect(await control("/api/mails", { account })).toMatchObject({ status: 400 });
  });
});
