import { expect, test } from "vitest";
import { velocloudCredentials } from "./credentials.ts";

const one = { host: "vco1.example.net", username: "ops", password: "secret1" };
const two = { host: "vco2.example.net:8443", username: "ops@example.net", password: "secret2" };

test.each([
  ["vco1.example.net+ops+secret1", [one]],
  ["vco1.example.net+ops+secret1;vco2.example.net:8443+ops@example.net+secret2", [one, two]],
  ["vco1.example.net+ops+secret1;", [one]],
  ["vco1.example.net+ops+a+b=", [{ ...one, password: "a+b=" }]],
  [JSON.stringify([{ ...one, password: "a;b+c" }]), [{ ...one, password: "a;b+c" }]],
])("%s", (text, credentials) => {
  expect(velocloudCredentials.parse(text)).toEqual(credentials);
});

test.each([
  "",
  "vco1.example.net",
  "vco1.example.net+ops",
  "vco1.example.net+ops+",
  "vco1.example.net+ops+hidden;hidden",
  "https://vco1.example.net+ops+hidden",
  "vco1.example.net/hidden+ops+hidden",
  "vco1.example.net+ops+hidden;vco1.example.net+ops+hidden",
  '[{"host":"vco1.example.net","username":"ops","password":"hidden"',
  "[]",
])("%j is refused, and the complaint does not repeat it", (text) => {
  const { success, error } = velocloudCredentials.safeParse(text);
  expect(success).toBe(false);
  expect(JSON.stringify(error?.issues)).not.toContain("hidden");
});
