import { type Handler, ok, refuse } from "@trunkline/bus";
import { pythonRepr, type requestNetworkEnterpriseEdges } from "@trunkline/contracts";
import { z } from "zod";
import { ask, type Orchestrators } from "./orchestrators.ts";
import { unexpectedAnswer } from "./outcome.ts";

const enterprises = z.array(z.object({ edges: z.array(z.looseObject({})).nullish() }));

/** Edges of some enterprises, or of all of them; each says which host it is from. */
export function networkEdges(orchestrators: Orchestrators): Handler<typeof requestNetworkEnterpriseEdges> {
  return async ({ host, enterprise_ids }, context) => {
    const ids = pythonRepr(enterprise_ids);
    const call = {
      host,
      method: "network/getNetworkEnterprises",
      body: { enterprises: enterprise_ids, with: ["edges"] },
      on400: (message: string) => `Got 400 from Velocloud --> ${message} for enterprise ids: ${ids}`,
    };
    const outcome = await ask(orchestrators, call, context);
    if (!outcome.ok) return outcome.reply;
    const { success, data } = enterprises.safeParse(outcome.body);
    if (!success) return unexpectedAnswer();
    const edges = data.flatMap((enterprise) => enterprise.edges ?? []).map((edge) => ({ ...edge, host }));
    return edges.length > 0 ? ok(edges) : refuse(404, `No edges found for host ${host} and enterprise ids ${ids}`);
  };
}
