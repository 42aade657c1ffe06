import { type Handler, ok } from "@trunkline/bus";
import type { requestEnterprisesEdges } from "@trunkline/contracts";
import { ask, type Orchestrators } from "./orchestrators.ts";
import { unexpectedAnswer } from "./outcome.ts";

/** Edges of one enterprise with their links, as the Orchestrator gives them. */
export function enterpriseEdges(orchestrators: Orchestrators): Handler<typeof requestEnterprisesEdges> {
  return async ({ host, enterprise_id }, context) => {
    const body = { enterpriseId: enterprise_id, with: ["links"] };
    const outcome = await ask(orchestrators, { host, method: "enterprise/getEnterpriseEdges", body }, context);
    if (!outcome.ok) return outcome.reply;
    return Array.isArray(outcome.body) ? ok(outcome.body, outcome.status) : unexpectedAnswer();
  };
}
