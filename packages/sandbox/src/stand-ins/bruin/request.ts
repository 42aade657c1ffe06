import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { z } from "zod";
import type { Desk, DetailName } from "../../world/desk.ts";
import type { Ticket } from "../../world/ticket.ts";
import { BruinError } from "./bruin-error.ts";

export type BruinContext = Context<{ Bindings: HttpBindings }>;

/** The query under lower-case names, because Bruin does not mind their case; a repeated name gives several values. */
export function queryOf(context: BruinContext): ReadonlyMap<string, readonly string[]> {
  const query = new Map<string, string[]>();
  for (const [name, value] of new URL(context.req.url).searchParams) {
    const key = name.toLowerCase();
    query.set(key, [...(query.get(key) ?? []), value]);
  }
  return query;
}

/** Bodies are JSON whatever their content type says; their keys are taken as written. */
export async function bodyOf<Schema extends z.ZodType>(
  context: BruinContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  const result = schema.safeParse(parseJson(await context.req.text()));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new BruinError(`The ${issue?.path.join(".") || "request"} field is invalid: ${issue?.message ?? "unreadable"}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BruinError("The request is no valid JSON.");
  }
}

/** A whole number, as a number or as its digits. */
export const wholeNumber = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);

export function numberFrom(text: string | undefined, name: string): number {
  if (text === undefined || !/^\d+$/.test(text))
    throw new BruinError(`The value '${text ?? ""}' is not valid for ${name}.`);
  return Number(text);
}

/** The ticket that the path names. */
export function ticketOf(context: BruinContext, desk: Desk): Ticket {
  return desk.ticket(numberFrom(context.req.param("ticket"), "ticketId"));
}

/** How a body or a query names a detail; it has to, one way or the other. */
export function detailName(detailId: number | null | undefined, serviceNumber: string | null | undefined): DetailName {
  if (detailId == null && serviceNumber == null) throw new BruinError("A detail id or a service number is required.");
  return { detailId: detailId ?? undefined, serviceNumber: serviceNumber ?? undefined };
}
