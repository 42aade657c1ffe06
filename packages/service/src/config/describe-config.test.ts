import { expect, test } from "vitest";
import { z } from "zod";
import { describeConfig } from "./describe-config.ts";
import { json, list, seconds, secret, text } from "./env-text.ts";

test("rows say what is required, what stands in for it, and what it means", () => {
  const rows = describeConfig({
    config: {
      BASE_URL: text().describe("where it is"),
      PASSWORD: secret().describe("the password"),
      TOKEN: secret().default("never shown"),
      INTERVAL: seconds({ min: 1 }).default(300).describe("between two looks"),
      HOSTS: list().default(["a", "b"]).describe("hosts"),
      LIMITS: json(z.object({})).optional().describe("limits"),
    },
    redis: ["customer-cache"],
  });
  expect(
    rows
      .slice(0, 6)
      .map(({ variable, required, default: value, secret: hidden }) => [variable, required, value, hidden]),
  ).toEqual([
    ["BASE_URL", true, undefined, false],
    ["PASSWORD", true, undefined, true],
    ["TOKEN", false, undefined, true],
    ["INTERVAL", false, "300", false],
    ["HOSTS", false, '["a","b"]', false],
    ["LIMITS", false, undefined, false],
  ]);
  expect(rows[3]).toMatchObject({ expected: "a number of seconds of at least 1", description: "between two looks" });
});

test("the variables of every service follow, and those of its further Redis instances", () => {
  const rows = describeConfig({ config: {}, redis: ["customer-cache"] });
  const required = rows.filter((row) => row.required).map(({ variable }) => variable);
  expect(required).toEqual(["NATS_SERVER1", "REDIS_HOSTNAME", "ENVIRONMENT_NAME", "REDIS_CUSTOMER_CACHE_HOSTNAME"]);
  expect(rows.every(({ description }) => description !== "")).toBe(true);
});
