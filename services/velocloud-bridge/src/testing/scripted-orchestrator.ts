import type { RequestContext } from "@trunkline/bus";
import type { Answer } from "@trunkline/http";
import type { Orchestrators } from "../orchestrators.ts";

/** The one configured host of these tests. */
export const HOST = "vco1.example.net";

export const context = { requestId: "r1", signal: new AbortController().signal } as RequestContext;

/** An Orchestrator that gives one answer, or fails, and remembers what it was asked. */
export function scripted(result: Partial<Answer> | Error) {
  const calls: { method: string; body: unknown }[] = [];
  const orchestrators: Orchestrators = new Map([
    [
      HOST,
      {
        host: HOST,
        signedIn: true,
        signIn: async () => {},
        close() {},
        async call(method: string, body: unknown) {
          calls.push({ method, body });
          if (result instanceof Error) throw result;
          return { status: 200, headers: {}, body: null, ...result };
        },
      },
    ],
  ]);
  return { orchestrators, calls };
}
