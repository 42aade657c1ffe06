import type { RequestContext } from "@trunkline/bus";
import type { T7Client } from "../t7-client.ts";

export const context = {
  requestId: "r1",
  deadline: 1_700_000_000_000,
  signal: new AbortController().signal,
} as RequestContext;

/** A T7 that gives one answer, or fails so, and remembers what it was asked. */
export function scripted(result: unknown): Omit<T7Client, "close"> & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const answer = async (request: unknown) => {
    asked.push(request);
    if (result instanceof Error) throw result;
    return result;
  };
  return { asked, predict: answer, saveMetrics: answer, saveLiveMetrics: answer };
}
