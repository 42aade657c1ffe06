import { expect, test } from "vitest";
import { connectionOptions, reconnectDelay, serverNames } from "./connection-options.ts";

const optionsOf = (servers: string | string[]) => connectionOptions({ servers, service: "desk" });

test("servers are given by URL or by host alone", () => {
  expect(optionsOf(["nats://a.example.net:4222", "b.example.net"]).servers).toEqual([
    "a.example.net:4222",
    "b.example.net",
  ]);
});

test("user and password of the URL are handed over, decoded, and shown to nobody", () => {
  const url = "nats://desk:p%40ss%2Fword@a.example.net:4222";
  expect(optionsOf(url)).toMatchObject({ servers: ["a.example.net:4222"], user: "desk", pass: "p@ss/word" });
  expect(serverNames(url)).toBe("a.example.net:4222");
});

test("a user that is given apart is used where the URL names none", () => {
  const credentials = { user: "desk", password: "given" };
  const optionsOf = (servers: string) => connectionOptions({ servers, credentials, service: "desk" });
  expect(optionsOf("nats://a.example.net")).toMatchObject({ user: "desk", pass: "given" });
  expect(optionsOf("nats://me:own@a.example.net")).toMatchObject({ user: "me", pass: "own" });
});

test("a tls:// URL demands encryption", () => {
  expect(optionsOf("nats://a.example.net").tls).toBeUndefined();
  expect(optionsOf("tls://a.example.net").tls).toEqual({});
  const tls = { caFile: "/ca.pem" };
  expect(connectionOptions({ servers: "a.example.net", service: "desk", tls }).tls).toBe(tls);
});

test("a service reconnects for ever and has an inbox of its own", () => {
  expect(optionsOf("a")).toMatchObject({ maxReconnectAttempts: -1, inboxPrefix: "_INBOX.desk", noAsyncTraces: true });
});

test("attempts to reconnect become rarer, up to two seconds, and are spread", () => {
  const middle = () => 0.5;
  expect([0, 1000, 4000, 60_000].map((outage) => reconnectDelay(outage, middle))).toEqual([250, 500, 1250, 2000]);
  expect(reconnectDelay(0, () => 0)).toBe(187.5);
  expect(reconnectDelay(60_000, () => 1)).toBe(2500);
});
