import { type Handler, ok, refuse } from "@trunkline/bus";
import { pythonRepr, type requestLinksConfiguration } from "@trunkline/contracts";
import { z } from "zod";
import { ask, type Orchestrators } from "./orchestrators.ts";
import { unexpectedAnswer } from "./outcome.ts";

const modules = z.object({
  WAN: z.looseObject({ data: z.object({ links: z.array(z.unknown()).nullish() }).nullish() }).nullish(),
});

/** The links of an edge's WAN configuration; the status is 200 whatever the Orchestrator's success was called. */
export function linksConfiguration(orchestrators: Orchestrators): Handler<typeof requestLinksConfiguration> {
  return async (request, context) => {
    const edge = pythonRepr(request);
    const call = {
      host: request.host,
      method: "edge/getEdgeConfigurationModules",
      body: { enterpriseId: request.enterprise_id, edgeId: request.edge_id, modules: ["WAN"] },
      on400: (message: string) => `Got 400 from Velocloud -> ${message} for edge ${edge}`,
    };
    const outcome = await ask(orchestrators, call, context);
    if (!outcome.ok) return outcome.reply;
    const { success, data } = modules.safeParse(outcome.body);
    if (!success) return unexpectedAnswer();
    if (!data.WAN || Object.keys(data.WAN).length === 0) return refuse(404, `No WAN module was found for edge ${edge}`);
    const links = data.WAN.data?.links ?? [];
    if (links.length === 0) return refuse(404, `No links configuration was found in WAN module of edge ${edge}`);
    return ok(links);
  };
}
