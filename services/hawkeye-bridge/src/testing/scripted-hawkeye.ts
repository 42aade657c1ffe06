import type { RequestContext } from "@trunkline/bus";
import type { Answer } from "@trunkline/http";
import { pino } from "pino";
import type { HawkeyeClient } from "../hawkeye-client.ts";

export const context = {
  requestId: "r1",
  signal: new AbortController().signal,
  logger: pino({ level: "silent" }),
} as RequestContext;

type Get = HawkeyeClient["get"];
type Result = Partial<Answer> | Error;

/** A Hawkeye that answers as told, and remembers what it was asked: `/path/{id}` filled in, then the query. */
export function scripted(answer: (asked: string, count: number) => Result): { get: Get; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async get({ path, pathParams, query }) {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String(pathParams?.[name]));
      const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== null && value !== undefined);
      const text = [filled, ...pairs.map(([key, value]) => `${key}=${String(value)}`)].join(" ");
      asked.push(text);
      const result = answer(text, asked.length);
      if (result instanceof Error) throw result;
      return { status: 200, headers: {}, body: null, ...result };
    },
  };
}

/** A page of a list as Hawkeye writes it. */
export function page(records: readonly object[], total: number | string): Partial<Answer> {
  return { body: { total_count: String(total), count: records.length, has_more: 0, records } };
}
