import type { RequestContext } from "@trunkline/bus";
import type { Answer } from "@trunkline/http";
import type { DigiClient, LogQuery, RecoveryOrder } from "../digi-client.ts";

export const context = { requestId: "r1", signal: new AbortController().signal } as RequestContext;

/** A DiGi that gives these answers one after the other, the last one again and again, and remembers what it was asked. */
export function scriptedDigi(...results: (Partial<Answer> | Error)[]) {
  const asked: (RecoveryOrder | LogQuery)[] = [];
  async function answer(query: RecoveryOrder | LogQuery): Promise<Answer> {
    asked.push(query);
    const result = (results.length > 1 ? results.shift() : results[0]) ?? {};
    if (result instanceof Error) throw result;
    return { status: 200, headers: {}, body: null, ...result };
  }
  const digi: DigiClient = {
    recoverDevice: answer,
    recoveryLogs: answer,
    signIn: async () => {},
    signedIn: true,
    close() {},
  };
  return { digi, asked };
}
