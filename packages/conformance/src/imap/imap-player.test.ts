import { readFileSync } from "node:fs";
import { ImapFlow } from "imapflow";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Players, startPlayers } from "../players.ts";
import { parseVectors, type Vector } from "../vectors.ts";

const host = "imap.example.net";
const account = "in@example.net";
const read = { host, account, read: [{ uid: 7, source: "Subject: Hi\n\nhello\n" }] };
const mark = { host, account, mark: 7 };
let players: Players;

beforeAll(async () => {
  players = await startPlayers(parseVectors({ service: "acme", vectors: [vectorOf([read])] }));
});
afterAll(() => players.stop());

function vectorOf(exchanges: readonly object[]): object {
  return { name: "v", subject: "acme.mails", request: {}, thirdParty: exchanges.map((imap) => ({ imap })) };
}

function begin(...exchanges: object[]): void {
  const [vector] = parseVectors({ service: "acme", vectors: [vectorOf(exchanges)] }).vectors as [Vector];
  players.stage.begin(vector.thirdParty);
}

async function signedIn(user = account): Promise<ImapFlow> {
  const [address, port] = (players.hostAliases[host] ?? "").split(":");
  const client = new ImapFlow({
    ...{ host: address ?? "", port: Number(port), servername: host, secure: true, logger: false },
    ...{ auth: { user, pass: "any" }, tls: { ca: readFileSync(players.caFile) }, socketTimeout: 500 },
  });
  client.on("error", () => undefined);
  onTestFinished(() => client.close());
  await client.connect();
  await client.mailboxOpen("INBOX");
  return client;
}

const readAll = async (client: ImapFlow) => {
  const uids = await client.search({ seen: false }, { uid: true });
  return uids === false || uids === undefined
    ? "refused"
    : client.fetchAll(uids, { uid: true, source: true }, { uid: true });
};

test("the mails of a vector are read, however often in it", async () => {
  begin(read);
  const client = await signedIn();
  for (const _ of [1, 2]) expect(await readAll(client)).toMatchObject([{ uid: 7 }]);
  expect(players.stage.end()).toEqual([]);
});

test("a mail is marked", async () => {
  begin(mark);
  const client = await signedIn();
  await client.messageFlagsAdd("7", ["\\Seen"], { uid: true });
  expect(players.stage.end()).toEqual([]);
});

test.each([
  ["sign-in", () => signedIn(), /Command failed|credentials|refused/i],
  ["select", () => signedIn(), /Command failed/],
] as const)("%s fails", async (at, use, message) => {
  begin({ host, account, fails: { at, by: "NO" } });
  await expect(use()).rejects.toThrow(message);
  expect(players.stage.end()).toEqual([]);
});

test("the connection ends amid the mails", async () => {
  begin({ ...read, fails: { at: "fetch", by: "hang-up" } });
  await expect(readAll(await signedIn())).rejects.toThrow();
  expect(players.stage.end()).toEqual([]);
});

test("a connection that is kept ends with its vector", async () => {
  begin(read);
  const client = await signedIn();
  await readAll(client);
  begin(read);
  await client.noop();
  expect(client.usable).toBe(false);
  players.stage.end();
});

test("what no vector expects is complained about", async () => {
  begin(read);
  const client = await signedIn();
  await readAll(client);
  await client.fetchOne("7", { source: true }, { uid: true });
  await client.messageFlagsAdd("7", ["\\Seen"], { uid: true });
  expect(players.stage.end()).toEqual([expect.stringContaining("to mark 7 in in@example.net")]);

  begin(read);
  await readAll(await signedIn("else@example.net"));
  expect(players.stage.end()).toEqual([
    expect.stringContaining("to search in else@example.net"),
    expect.stringContaining("was not asked"),
  ]);
});
