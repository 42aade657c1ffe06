import { type Handler, ok } from "@trunkline/bus";
import type { requestGatewayStatusMetrics } from "@trunkline/contracts";
import { z } from "zod";
import { ask, type Orchestrators } from "./orchestrators.ts";
import { unexpectedAnswer } from "./outcome.ts";

const summaries = z.record(z.string(), z.unknown());

/** Summaries of a gateway's metrics, as the Orchestrator gives them. */
export function gatewayMetrics(orchestrators: Orchestrators): Handler<typeof requestGatewayStatusMetrics> {
  return async ({ host, gateway_id, interval, metrics }, context) => {
    const call = {
      host,
      method: "metrics/getGatewayStatusMetrics",
      body: { gatewayId: gateway_id, interval, metrics },
      on400: (message: string) => `Got 400 from Velocloud -> ${message} for gateway ${gateway_id} and host ${host}`,
    };
    const outcome = await ask(orchestrators, call, context);
    if (!outcome.ok) return outcome.reply;
    const { success, data } = summaries.safeParse(outcome.body);
    return success ? ok(data, outcome.status) : unexpectedAnswer();
  };
}
