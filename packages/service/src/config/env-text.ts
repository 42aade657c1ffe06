import { z } from "zod";

/** What a schema's metadata says about the variable it reads. */
export interface EnvMeta {
  /** Completes "expected …". */
  readonly expected?: string;
  /** Kept out of logs, error messages and generated tables. */
  readonly secret?: true;
  /** Which texts of a parsed secret must not appear in logs; the whole text never does. */
  readonly conceal?: (value: unknown) => readonly string[];
}

/** Any text. A variable that is set to nothing counts as missing. */
export function text(): z.ZodString {
  return z.string().meta({ expected: "a text" } satisfies EnvMeta);
}

/**
 * A text that never shows: not in logs, not in error messages, not in generated tables.
 * Secrets of fewer than four characters are too common a text to be taken out of log lines.
 */
export function secret(): z.ZodString;
/**
 * The same for a secret with structure.
 *
 * @param conceal the texts in it that must not be logged one by one either, such as each password of a list
 */
export function secret<S extends z.ZodType>(schema: S, conceal?: (value: z.output<S>) => readonly string[]): S;
export function secret(
  schema: z.ZodType = z.string(),
  conceal: (value: unknown) => readonly string[] = () => [],
): z.ZodType {
  const { expected = "a secret text" } = envMetaOf(schema);
  return schema.meta({ expected, secret: true, conceal } satisfies EnvMeta);
}

/** A whole number. */
export function integer({ min, max }: { readonly min?: number; readonly max?: number } = {}) {
  return z
    .string()
    .regex(/^[+-]?\d+$/)
    .transform(Number)
    .pipe(
      z
        .int()
        .min(min ?? Number.MIN_SAFE_INTEGER)
        .max(max ?? Number.MAX_SAFE_INTEGER),
    )
    .meta({ expected: `a whole number${rangeText(min, max)}` } satisfies EnvMeta);
}

/** A duration in seconds, parts of a second allowed. */
export function seconds({ min = 0, max }: { readonly min?: number; readonly max?: number } = {}) {
  return z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(
      z
        .number()
        .min(min)
        .max(max ?? Number.MAX_SAFE_INTEGER),
    )
    .meta({ expected: `a number of seconds${rangeText(min, max)}` } satisfies EnvMeta);
}

/** `true` or `false`, also `1` or `0`. */
export function flag() {
  return z
    .string()
    .toLowerCase()
    .pipe(z.enum(["true", "false", "1", "0"]))
    .transform((value) => value === "true" || value === "1")
    .meta({ expected: "true or false" } satisfies EnvMeta);
}

/** An absolute URL, kept as it was written. A password in it is kept out of logs. */
export function url({ protocols = ["http", "https"] }: { readonly protocols?: readonly string[] } = {}): z.ZodString {
  const isUrl = (value: string) => URL.canParse(value) && protocols.includes(new URL(value).protocol.slice(0, -1));
  return z
    .string()
    .refine(isUrl)
    .meta({
      expected: `a URL that begins with ${protocols.map((protocol) => `${protocol}://`).join(" or ")}`,
    } satisfies EnvMeta);
}

/** A JSON text of a given shape. */
export function json<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .transform((value, context) => parseJson(value, context))
    .pipe(schema)
    .meta({ expected: "a JSON text" } satisfies EnvMeta);
}

/** Several values: a JSON array, or texts separated by commas. */
export function list<S extends z.ZodType = z.ZodString>(item?: S) {
  const items = z.array((item ?? z.string()) as S);
  return z
    .string()
    .transform((value, context) => (value.trimStart().startsWith("[") ? parseJson(value, context) : split(value)))
    .pipe(items)
    .meta({ expected: "a JSON array, or values separated by commas" } satisfies EnvMeta);
}

/** The metadata that the makers above left on a schema, or on what it wraps (a default, say). */
export function envMetaOf(schema: z.ZodType): EnvMeta & { readonly description?: string } {
  const own = (z.globalRegistry.get(schema) ?? {}) as EnvMeta & { readonly description?: string };
  const inner = innerOf(schema);
  return inner === undefined ? own : { ...envMetaOf(inner), ...own };
}

/** What a default, an optional or a transformation is built on. */
export function innerOf(schema: z.ZodType): z.ZodType | undefined {
  const { innerType, in: source } = schema.def as { innerType?: z.ZodType; in?: z.ZodType };
  return innerType ?? source;
}

function parseJson(value: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(value);
  } catch {
    // The parser's own words quote the text, which may be secret.
    context.addIssue({ code: "custom", message: "it is no JSON" });
    return z.NEVER;
  }
}

function split(value: string): string[] {
  const parts = value.split(",").map((part) => part.trim());
  return parts.filter((part) => part !== "");
}

function rangeText(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? "" : ` of at most ${max}`;
}
