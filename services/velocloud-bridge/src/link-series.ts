import { type Handler, ok } from "@trunkline/bus";
import type { requestEdgeLinksSeries } from "@trunkline/contracts";
import { ask, type Orchestrators } from "./orchestrators.ts";
import { unexpectedAnswer } from "./outcome.ts";

/** Series of an edge's links, as the Orchestrator gives them. */
export function linkSeries(orchestrators: Orchestrators): Handler<typeof requestEdgeLinksSeries> {
  return async ({ host, payload }, context) => {
    const outcome = await ask(orchestrators, { host, method: "metrics/getEdgeLinkSeries", body: payload }, context);
    if (!outcome.ok) return outcome.reply;
    return Array.isArray(outcome.body) ? ok(outcome.body, outcome.status) : unexpectedAnswer();
  };
}
