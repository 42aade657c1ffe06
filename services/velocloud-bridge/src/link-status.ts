import { type Handler, ok } from "@trunkline/bus";
import type { getLinksWithEdgeInfo } from "@trunkline/contracts";
import { ask, type Orchestrators } from "./orchestrators.ts";
import { unexpectedAnswer } from "./outcome.ts";

/** Every link of an Orchestrator with its edge; each row says which host it is from. */
export function linkStatus(orchestrators: Orchestrators): Handler<typeof getLinksWithEdgeInfo> {
  return async ({ host }, context) => {
    const call = { host, method: "monitoring/getEnterpriseEdgeLinkStatus", body: {} };
    const outcome = await ask(orchestrators, call, context);
    if (!outcome.ok) return outcome.reply;
    if (!Array.isArray(outcome.body)) return unexpectedAnswer();
    return ok(
      outcome.body.map((row: object) => ({ ...row, host })),
      outcome.status,
    );
  };
}
