import { type Bus, type HandlerReply, refuse } from "@trunkline/bus";
import type { ParsedBodyOf, RequestContract } from "@trunkline/contracts";

/** A request as the scripted bridge got it. */
export interface ScriptedRequest<C extends RequestContract> {
  readonly body: ParsedBodyOf<C>;
  readonly requestId: string;
  readonly idempotencyKey: string | undefined;
}

/** The answers in the order of the requests, or a function that makes them. */
export type Script<C extends RequestContract> =
  | readonly HandlerReply[]
  | ((request: ScriptedRequest<C>) => HandlerReply | Promise<HandlerReply>);

export interface ScriptedBridge<C extends RequestContract> {
  /** In the order in which they came. */
  readonly requests: readonly ScriptedRequest<C>[];
}

/**
 * Serves a contract in place of its bridge. A request beyond the end of a list is answered with 500 and recorded like
 * the others, so that the test sees it.
 */
export async function scriptedBridge<C extends RequestContract>(
  bus: Bus,
  contract: C,
  script: Script<C>,
): Promise<ScriptedBridge<C>> {
  const requests: ScriptedRequest<C>[] = [];
  await bus.serve(contract, async (body, { requestId, idempotencyKey }) => {
    const request = { body, requestId, idempotencyKey };
    requests.push(request);
    if (typeof script === "function") return script(request);
    return script[requests.length - 1] ?? refuse(500, `the script of ${contract.subject} has ended`);
  });
  return { requests };
}
