import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ConfigError } from "../errors.ts";
import { commonConfig } from "./common-config.ts";
import { flag, integer, json, list, seconds, secret, text, url } from "./env-text.ts";
import { readConfig } from "./read-config.ts";
import type { ConfigShape } from "./shape.ts";

const folder = mkdtempSync(join(tmpdir(), "config-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(content: string): string {
  const path = join(folder, `${Math.random()}`);
  writeFileSync(path, content);
  return path;
}

function problemsOf(shape: ConfigShape, environment: Record<string, string>): string[] {
  try {
    readConfig(shape, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
    throw error;
  }
  return [];
}

describe("values", () => {
  test.each([
    ["text", text(), "a b", "a b"],
    ["secret", secret(), "hunter22", "hunter22"],
    ["integer", integer(), "-12", -12],
    ["seconds", seconds(), "0.5", 0.5],
    ["flag in any case", flag(), "TRUE", true],
    ["flag as a digit", flag(), "0", false],
    ["url", url(), "https://api.example.net/v1", "https://api.example.net/v1"],
    ["json", json(z.object({ a: z.number() })), '{"a":1}', { a: 1 }],
    ["list with commas", list(), "a, b,,c", ["a", "b", "c"]],
    ["list as JSON", list(), '["a","b"]', ["a", "b"]],
    ["list of numbers", list(z.coerce.number()), "1,2", [1, 2]],
    ["structured secret", secret(json(z.array(z.string()))), '["x"]', ["x"]],
  ])("%s", (...[, schema, given, expected]) => {
    expect(readConfig({ NAME: schema }, { NAME: given }).values).toEqual({ NAME: expected });
  });

  test("a default stands in for what is missing or empty", () => {
    const shape = { COUNT: integer().default(3), NAME: text().optional() };
    expect(readConfig(shape, { COUNT: "", NAME: "" }).values).toEqual({ COUNT: 3, NAME: undefined });
  });
});

describe("problems", () => {
  test.each([
    ["missing", text().describe("who it is"), {}, "NAME is missing: expected a text (who it is)"],
    ["empty counts as missing", text(), { NAME: "" }, "NAME is missing: expected a text"],
    ["not whole", integer({ min: 1, max: 9 }), { NAME: "1.5" }, "expected a whole number from 1 to 9"],
    ["too large", integer({ min: 1, max: 9 }), { NAME: "10" }, "expected a whole number from 1 to 9"],
    ["negative time", seconds(), { NAME: "-1" }, "expected a number of seconds of at least 0"],
    ["a flag that is none", flag(), { NAME: "maybe" }, "expected true or false"],
    ["another protocol", url(), { NAME: "ftp://x" }, "expected a URL that begins with http:// or https://"],
    ["broken JSON", json(z.object({})), { NAME: "{" }, "expected a JSON text; it is no JSON"],
    ["JSON of another shape", json(z.object({ a: z.object({ b: z.int() }) })), { NAME: '{"a":{"b":"x"}}' }, "at a.b:"],
    ["a level that is none", commonConfig.LOG_LEVEL, { NAME: "loud" }, "expected one of fatal, error"],
    ["a zone that is none", commonConfig.TIMEZONE, { NAME: "Mars/Base" }, "expected a time zone such as US/Eastern"],
  ])("%s", (...[, schema, environment, expected]) => {
    const problems = problemsOf({ NAME: schema }, environment as unknown as Record<string, string>);
    expect(problems).toEqual([expect.stringContaining(expected)]);
  });

  test("all are told at once", () => {
    expect(problemsOf({ A: text(), B: integer(), C: text() }, { B: "x", C: "ok" })).toHaveLength(2);
  });

  test.each([
    ["a scalar", integer(), "oh-so-secret"],
    ["broken JSON", json(z.object({})), "oh-so-secret"],
    ["an unknown key", json(z.strictObject({})), '{"oh-so-secret":1}'],
    ["a nested value", json(z.object({ a: z.enum(["x"]) })), '{"a":"oh-so-secret"}'],
    ["a secret with structure", secret(json(z.record(z.string(), z.int()))), '{"oh-so-secret":"x"}'],
  ])("the value is never told: %s", (_name, schema, given) => {
    const problems = problemsOf({ NAME: schema }, { NAME: given });
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toContain("oh-so-secret");
  });
});

describe("files", () => {
  test("one newline at the end is not part of the value", () => {
    const { values } = readConfig({ KEY: secret() }, { KEY_FILE: fileWith("value\n\n") });
    expect(values).toEqual({ KEY: "value\n" });
  });

  test("an empty file counts as missing", () => {
    expect(problemsOf({ KEY: secret() }, { KEY_FILE: fileWith("\n") })).toEqual([
      expect.stringContaining("KEY is missing"),
    ]);
  });

  test("both ways at once are an error", () => {
    expect(problemsOf({ KEY: secret() }, { KEY: "a", KEY_FILE: fileWith("b") })).toEqual([
      "KEY is given twice: KEY and KEY_FILE are both set",
    ]);
  });

  test("an unreadable file is named", () => {
    expect(problemsOf({ KEY: secret() }, { KEY_FILE: "/nowhere/key" })).toEqual([
      "KEY cannot be read from /nowhere/key, which KEY_FILE names (ENOENT)",
    ]);
  });
});

describe("what logs must not show", () => {
  test("secrets, their parts that are named, and passwords in addresses", () => {
    const credentials = secret(json(z.array(z.object({ host: z.string(), password: z.string() }))), (all) =>
      all.map(({ password }) => password),
    );
    const raw = '[{"host":"vco1.example.net","password":"hunter22"}]';
    const { concealed } = readConfig(
      { CREDENTIALS: credentials, NATS: url({ protocols: ["nats"] }), NAME: text(), KEY: secret().optional() },
      { CREDENTIALS: raw, NATS: "nats://me:p%40ss@example.net", NAME: "public" },
    );
    expect(concealed).toEqual([raw, "hunter22", "p%40ss", "p@ss"]);
  });
});
