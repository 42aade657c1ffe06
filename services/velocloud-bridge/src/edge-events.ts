import { type Handler, ok, refuse } from "@trunkline/bus";
import { type ParsedBodyOf, pythonRepr, type requestEdgeEvents } from "@trunkline/contracts";
import { type Answer, ThirdPartyError } from "@trunkline/http";
import { z } from "zod";
import { type Orchestrators, unknownHost } from "./orchestrators.ts";
import { explainFailure, readAnswer } from "./outcome.ts";

const page = z.object({ data: z.array(z.unknown()) });

/** Events of one edge, newest first. */
export function edgeEvents(orchestrators: Orchestrators): Handler<typeof requestEdgeEvents> {
  return async (request, context) => {
    const { host } = request.edge;
    const orchestrator = orchestrators.get(host);
    if (orchestrator === undefined) return unknownHost(host);
    const body = queryOf(request);
    const failed = refuse(
      500,
      `Exception thrown when getting all events from host ${host} using payload ${pythonRepr(body)}...`,
    );
    let answer: Answer;
    try {
      answer = await orchestrator.call("event/getEnterpriseEvents", body, context);
    } catch (error) {
      const refused = error instanceof ThirdPartyError && error.reason === "login-failed";
      return refused ? explainFailure(error) : failed;
    }
    const outcome = readAnswer(answer);
    if (!outcome.ok) return outcome.reply;
    const { success, data } = page.safeParse(outcome.body);
    return success ? ok(data.data, outcome.status) : failed;
  };
}

/** Interval and limit go to the Orchestrator as they came, a missing limit as null. */
function queryOf({ edge, start_date, end_date, filter, limit }: ParsedBodyOf<typeof requestEdgeEvents>) {
  const rules = filter ? { rules: [{ field: "event", op: "is", values: filter }] } : {};
  return {
    enterpriseId: edge.enterprise_id,
    interval: { start: start_date, end: end_date },
    filter: { limit: limit ?? null, ...rules },
    edgeId: [edge.edge_id],
  };
}
