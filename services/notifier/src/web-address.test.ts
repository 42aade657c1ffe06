import { expect, test } from "vitest";
import { webAddress } from "./web-address.ts";

test("no part of a path stands in the template, which logs and metrics show", () => {
  expect(webAddress("https://hooks.slack.example.net/services/T0/B0/secret")).toEqual({
    baseUrl: "https://hooks.slack.example.net",
    path: "/{part1}/{part2}/{part3}/{part4}",
    pathParams: { part1: "services", part2: "T0", part3: "B0", part4: "secret" },
    query: {},
  });
});

test("a port, encoded characters and a query are kept", () => {
  expect(webAddress("https://sms.example.net:8443/a%20b?key=1")).toEqual({
    baseUrl: "https://sms.example.net:8443",
    path: "/{part1}",
    pathParams: { part1: "a b" },
    query: { key: "1" },
  });
});

test("an address may have no path", () => {
  expect(webAddress("https://sms.example.net")).toMatchObject({ path: "/", pathParams: {} });
});
