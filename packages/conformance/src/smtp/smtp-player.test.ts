import { readFileSync } from "node:fs";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Players, startPlayers } from "../players.ts";
import { parseVectors, type Vector } from "../vectors.ts";

const mail = { from: "a@example.net", to: ["b@example.net"], subject: "Hi", text: "hello" };
const taken = { host: "smtp.example.net", mail };
let players: Players;

beforeAll(async () => {
  players = await startPlayers(parseVectors({ service: "acme", vectors: [vectorOf([taken])] }));
});
afterAll(() => players.stop());

function vectorOf(exchanges: readonly object[]): object {
  return { name: "v", subject: "acme.mail", request: {}, thirdParty: exchanges.map((smtp) => ({ smtp })) };
}

/** Sends a mail for each of the changes. @returns what came of it, and what the stage complains about */
async function sent(exchanges: readonly object[], ...changes: object[]) {
  const [vector] = parseVectors({ service: "acme", vectors: [vectorOf(exchanges)] }).vectors as [Vector];
  players.stage.begin(vector.thirdParty);
  const [host, port] = (players.hostAliases["smtp.example.net"] ?? "").split(":");
  const codes: unknown[] = [];
  for (const change of changes) {
    const transport = createTransport({
      ...{ host, port: Number(port), requireTLS: true, auth: { user: "a", pass: "b" } },
      tls: { servername: "smtp.example.net", ca: readFileSync(players.caFile) },
    });
    const sending = transport.sendMail({ ...mail, ...change });
    codes.push(
      await sending.then(
        () => 250,
        (error: { responseCode?: number; code: string }) => error.responseCode ?? error.code,
      ),
    );
    transport.close();
  }
  return { codes, complaints: players.stage.end() };
}

test.each([
  ["a mail is taken", [taken], [250]],
  [
    "the sign-in is refused, and then not",
    [{ host: taken.host, refuse: { at: "sign-in", code: 535 } }, taken],
    [535, 250],
  ],
  ["the recipients are refused", [{ host: taken.host, refuse: { at: "recipient", code: 550 } }], [550]],
  ["nobody is let in", [{ host: taken.host, refuse: { at: "connect", code: 421 } }], [421]],
  ["a mail is refused", [{ ...taken, refuse: { at: "data", code: 554 } }], [554]],
])("%s", async (_, exchanges, codes) => {
  expect(await sent(exchanges, ...codes.map(() => ({})))).toEqual({ codes, complaints: [] });
});

test("the connection ends after the mail", async () => {
  const { codes, complaints } = await sent([{ ...taken, fault: "hang-up" }], {});
  expect(codes).toEqual([expect.stringMatching(/^E/)]);
  expect(complaints).toEqual([]);
});

test("another mail than the one that is expected is not taken", async () => {
  const { codes, complaints } = await sent([taken], { text: "good bye" });
  expect(codes).toEqual([599]);
  expect(complaints).toEqual([
    expect.stringContaining('mail.text is "good bye" rather than "hello"'),
    expect.stringContaining("was not asked"),
  ]);
});
