import { expect, test } from "vitest";
import { thirdPartyConfig } from "./config.ts";

const { HOST_ALIASES } = thirdPartyConfig;

test("aliases are JSON from host names to addresses", () => {
  expect(HOST_ALIASES.parse(undefined)).toEqual({});
  expect(HOST_ALIASES.parse('{"vco1.example.net":"127.0.0.1:8443","b":"[::1]:1"}')).toEqual({
    "vco1.example.net": "127.0.0.1:8443",
    b: "[::1]:1",
  });
});

test.each(["", "{", "[]", '{"a":1}', '{"a":"127.0.0.1"}', '{"a":"https://b:1"}'])("%j are no aliases", (text) => {
  expect(HOST_ALIASES.safeParse(text).success).toBe(false);
});
