import { type Handler, ok } from "@trunkline/bus";
import type { requestNetworkGatewayList } from "@trunkline/contracts";
import { z } from "zod";
import { ask, type Orchestrators } from "./orchestrators.ts";
import { unexpectedAnswer } from "./outcome.ts";

const gateways = z.array(z.object({ id: z.unknown(), name: z.unknown(), gatewayState: z.unknown() }));

/** The gateways of an Orchestrator: which host they are from, id, name and state. */
export function gatewayList(orchestrators: Orchestrators): Handler<typeof requestNetworkGatewayList> {
  return async ({ host }, context) => {
    const call = {
      host,
      method: "network/getNetworkGateways",
      body: {},
      on400: (message: string) => `Got 400 from Velocloud -> ${message} for host ${host}`,
    };
    const outcome = await ask(orchestrators, call, context);
    if (!outcome.ok) return outcome.reply;
    const { success, data } = gateways.safeParse(outcome.body);
    if (!success) return unexpectedAnswer();
    return ok(
      data.map(({ id, name, gatewayState }) => ({ host, id, name, status: gatewayState ?? null })),
      outcome.status,
    );
  };
}
