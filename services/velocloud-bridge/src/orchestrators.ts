import { refuse } from "@trunkline/bus";
import type { Caller } from "@trunkline/http";
import { explainFailure, type Outcome, readAnswer } from "./outcome.ts";
import type { Orchestrator } from "./velocloud-client.ts";

/** The configured Orchestrators by host; no other host is ever contacted. */
export type Orchestrators = ReadonlyMap<string, Orchestrator>;

export interface OrchestratorCall {
  readonly host: string;
  /** Below `/portal/rest`. */
  readonly method: string;
  readonly body: unknown;
  /** The reply's text for HTTP 400, made out of the Orchestrator's own; without it 400 is passed on. */
  readonly on400?: (message: string) => string;
}

/** Calls the named Orchestrator and reads its answer the standard way. */
export async function ask(orchestrators: Orchestrators, call: OrchestratorCall, caller: Caller): Promise<Outcome> {
  const orchestrator = orchestrators.get(call.host);
  if (orchestrator === undefined) return { ok: false, reply: unknownHost(call.host) };
  try {
    return readAnswer(await orchestrator.call(call.method, call.body, caller), call.on400);
  } catch (error) {
    return { ok: false, reply: explainFailure(error) };
  }
}

export function unknownHost(host: string) {
  return refuse(400, `Host ${host} is not one of the configured Velocloud hosts`);
}
