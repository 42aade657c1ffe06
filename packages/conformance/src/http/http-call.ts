import type { IncomingMessage } from "node:http";
import { text as readText } from "node:stream/consumers";
import { differenceOf } from "../match.ts";
import type { HttpExchange } from "./http-exchange.ts";

/** A request as it arrived. */
export interface HttpCall {
  readonly method: string;
  /** Without the port. */
  readonly host: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

export async function readCall(incoming: IncomingMessage): Promise<HttpCall> {
  const [path = "/", ...search] = (incoming.url ?? "/").split("?");
  return {
    method: incoming.method ?? "",
    host: (incoming.headers.host ?? "").replace(/:\d+$/, "").toLowerCase(),
    path,
    query: fieldsOf(search.join("?")),
    headers: incoming.headers,
    text: await readText(incoming),
  };
}

/** @returns what tells a call from the one that is expected; undefined when it is that one */
export function differenceOfCall({ request }: HttpExchange, call: HttpCall): string | undefined {
  const expectedLine = `${request.method} ${request.host}${request.path}`;
  const line = `${call.method} ${call.host}${call.path}`;
  if (line !== expectedLine) return `${line} is not ${expectedLine}`;
  return (
    differenceOf(request.query ?? {}, call.query, "query") ??
    differenceOfHeaders(request.headers ?? {}, call) ??
    differenceOfBody(request, call)
  );
}

function differenceOfHeaders(expected: Readonly<Record<string, unknown>>, call: HttpCall): string | undefined {
  return Object.entries(expected)
    .map(([name, value]) => differenceOf(value, call.headers[name.toLowerCase()], `header ${name}`))
    .find((difference) => difference !== undefined);
}

function differenceOfBody(request: HttpExchange["request"], call: HttpCall): string | undefined {
  if (request.json !== undefined) return differenceOf(request.json, parseJson(call.text), "json");
  if (request.form !== undefined) return differenceOf(request.form, fieldsOf(call.text), "form");
  return differenceOf(request.text ?? "", call.text, "text");
}

function fieldsOf(encoded: string): Record<string, string | string[]> {
  const fields = new URLSearchParams(encoded);
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? "")];
    }),
  );
}

/** A text that is no JSON equals nothing that a vector could expect. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
