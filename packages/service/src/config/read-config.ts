import { readFileSync } from "node:fs";
import type { z } from "zod";
import { ConfigError, type ConfigProblem } from "../errors.ts";
import { envMetaOf } from "./env-text.ts";
import type { ConfigOf, ConfigShape } from "./shape.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ReadConfig<Shape extends ConfigShape> {
  readonly values: ConfigOf<Shape>;
  /** Texts that must not appear in logs. */
  readonly concealed: readonly string[];
}

type Reading = { readonly problem: string } | { readonly value: unknown; readonly concealed: readonly string[] };

/**
 * Reads every variable of a shape. `NAME_FILE` names a file that holds the value of `NAME`, as secrets are mounted.
 *
 * @throws ConfigError with all problems at once
 */
export function readConfig<Shape extends ConfigShape>(shape: Shape, environment: Environment): ReadConfig<Shape> {
  const problems: ConfigProblem[] = [];
  const concealed: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [variable, schema] of Object.entries(shape)) {
    const reading = readVariable(variable, schema, environment);
    if ("problem" in reading) {
      problems.push({ variable, problem: reading.problem });
    } else {
      values[variable] = reading.value;
      concealed.push(...reading.concealed);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { values: Object.freeze(values) as ConfigOf<Shape>, concealed };
}

function readVariable(variable: string, schema: z.ZodType, environment: Environment): Reading {
  const raw = rawText(variable, environment);
  if (typeof raw === "object") return raw;
  const meta = envMetaOf(schema);
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return { problem: complaint(meta, raw, parsed.error) };
  const concealed = raw === undefined ? [] : concealedTexts(schema, raw, parsed.data);
  return { value: parsed.data, concealed };
}

/** The variable's text, from itself or from the file that its `_FILE` variant names; nothing when it is empty. */
function rawText(variable: string, environment: Environment): string | undefined | { readonly problem: string } {
  const direct = environment[variable] || undefined;
  const path = environment[`${variable}_FILE`] || undefined;
  if (path === undefined) return direct;
  if (direct !== undefined) return { problem: `is given twice: ${variable} and ${variable}_FILE are both set` };
  try {
    return readFileSync(path, "utf8").replace(/\r?\n$/, "") || undefined;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "unreadable";
    return { problem: `cannot be read from ${path}, which ${variable}_FILE names (${code})` };
  }
}

function complaint(meta: ReturnType<typeof envMetaOf>, raw: string | undefined, error: z.ZodError): string {
  const about = meta.description === undefined ? "" : ` (${meta.description})`;
  const expected = `expected ${meta.expected ?? "another value"}${about}`;
  if (raw === undefined) return `is missing: ${expected}`;
  const details = meta.secret ? [] : error.issues.map(detailOf).filter((detail) => detail !== undefined);
  return `is not as it must be: ${[expected, ...details].join("; ")}`;
}

/** Where in a structured value the fault is, and what was expected there. Zod's words never quote the value itself. */
function detailOf(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === "unrecognized_keys") return `${issue.path.join(".") || "it"} has an unknown key`;
  if (issue.path.length > 0) return `at ${issue.path.join(".")}: ${issue.message}`;
  return issue.code === "custom" && issue.message !== "Invalid input" ? issue.message : undefined;
}

function concealedTexts(schema: z.ZodType, raw: string, value: unknown): string[] {
  const meta = envMetaOf(schema);
  if (meta.secret) return [raw, ...(meta.conceal?.(value) ?? [])];
  if (!URL.canParse(raw)) return [];
  const { password } = new URL(raw);
  return password === "" ? [] : [password, decodeURIComponent(password)];
}
