import { expect, test } from "vitest";
import { gapsIn } from "./coverage.ts";
import { parseVectors } from "./vectors.ts";

const login = {
  request: { method: "POST", host: "acme.example.net", path: "/login" },
  response: { status: 200, json: { token: "made-up" } },
};
const vector = {
  name: "a thing",
  subject: "acme.thing",
  request: { request_id: "r1", body: { id: "1" } },
  thirdParty: [
    {
      request: { method: "GET", host: "acme.example.net", path: "/things/1", query: { a: ["1", { $match: "[0-9]" }] } },
      response: { status: 200, json: {} },
    },
  ],
  reply: { request_id: "r1", body: {}, status: 200 },
};
const file = (changes: object = {}) => ({
  service: "acme-bridge",
  session: [login],
  vectors: [{ ...vector, ...changes }],
});
const [exchange = login] = vector.thirdParty;

test("a vector file is read, with what may be left out", () => {
  const { session, vectors } = parseVectors(file());
  expect(session).toMatchObject([{ protocol: "http", host: "acme.example.net" }]);
  expect(vectors).toMatchObject([{ times: 1, fresh: false, thirdParty: [{ protocol: "http", exchange: {} }] }]);
});

test.each([
  [{ subject: undefined }, /expected string, received undefined\n.*vectors\[0\]\.subject/],
  [{ subjekt: "acme.thing" }, /Unrecognized key: "subjekt"\n.*vectors\[0\]/],
  [{ requestText: "x" }, /either a request or a requestText/],
  [{ thirdParty: [{ ask: {} }] }, /one of the keys request[\s\S]*vectors\[0\]\.thirdParty\[0\]/],
  [
    { thirdParty: [{ ...exchange, request: { ...exchange.request, path: "/x?a=1" } }] },
    /follows a question mark stands in query[\s\S]*vectors\[0\]\.thirdParty\[0\]\.request\.path/,
  ],
  [{ thirdParty: [{ ...exchange, response: {} }] }, /either a status or a fault[\s\S]*thirdParty\[0\]\.response/],
  [{ thirdParty: [{ ...exchange, response: { status: 200, body: 1 } }] }, /Unrecognized key: "body"/],
  [{ thirdParty: [{ ...exchange, request: { ...exchange.request, json: 1, text: "" } }] }, /json, form and text/],
  [{ reply: { body: null, status: "200" } }, /expected number[\s\S]*vectors\[0\]\.reply\.status/],
])("%j is refused by name and place", (changes, complaint) => {
  expect(() => parseVectors(file(changes))).toThrow(complaint);
});

test("two vectors of one name are refused", () => {
  expect(() => parseVectors({ ...file(), vectors: [vector, vector] })).toThrow(/same name/);
});

test("every subject needs a vector that succeeds and one that fails", () => {
  const { vectors } = parseVectors(file());
  expect(gapsIn(vectors, ["acme.thing", "acme.other"])).toEqual([
    "acme.thing has no vector that fails",
    "acme.other has no vector that succeeds",
    "acme.other has no vector that fails",
  ]);
  expect(gapsIn(vectors, [])).toContain('"a thing" is for acme.thing, which is not served');
  const [{ reply: _, ...message } = vector] = vectors;
  expect(gapsIn(parseVectors(file({ reply: undefined })).vectors, ["acme.thing"]), message.name).toEqual([]);
});
