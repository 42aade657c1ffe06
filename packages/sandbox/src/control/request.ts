import type { Context } from "hono";
import { z } from "zod";
import { WorldError } from "../errors.ts";

/** Reads a JSON body by its schema; no body at all counts as `{}`. */
export async function bodyOf<Schema extends z.ZodType>(context: Context, schema: Schema): Promise<z.output<Schema>> {
  const text = await context.req.text();
  return parsed(schema, text === "" ? {} : fromJson(text));
}

export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new WorldError(400, z.prettifyError(result.error).replaceAll("✖ ", "").replaceAll("\n", " "));
}

/** A whole number in a path. */
export function numberParam(context: Context, name: string): number {
  const text = context.req.param(name) ?? "";
  if (!/^\d+$/.test(text)) throw new WorldError(400, `${name} must be a whole number, not ${JSON.stringify(text)}.`);
  return Number(text);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WorldError(400, "The body is no valid JSON.");
  }
}
