import { type Handler, type HandlerReply, ok, refuse } from "@trunkline/bus";
import {
  type ParsedBodyOf,
  pythonRepr,
  type requestEdgeEvents,
  type requestEnterpriseEvents,
} from "@trunkline/contracts";
import { type Answer, type Caller, ThirdPartyError } from "@trunkline/http";
import { z } from "zod";
import { type Orchestrators, unknownHost } from "./orchestrators.ts";
import { explainFailure, readAnswer } from "./outcome.ts";

/** Events of one edge, newest first. */
export function edgeEvents(orchestrators: Orchestrators): Handler<typeof requestEdgeEvents> {
  return ({ edge, ...query }, context) => {
    const body = { ...queryOf(edge.enterprise_id, query), edgeId: [edge.edge_id] };
    return askForEvents(orchestrators, { host: edge.host, body }, context);
  };
}

/** Events of all edges of an enterprise, newest first. */
export function enterpriseEvents(orchestrators: Orchestrators): Handler<typeof requestEnterpriseEvents> {
  return ({ host, enterprise_id, ...query }, context) =>
    askForEvents(orchestrators, { host, body: queryOf(enterprise_id, query) }, context);
}

type Query = Omit<ParsedBodyOf<typeof requestEdgeEvents>, "edge">;

/** Interval and limit go to the Orchestrator as they came, a missing limit as null. */
function queryOf(enterpriseId: number, { start_date, end_date, filter, limit }: Query) {
  const rules = filter ? { rules: [{ field: "event", op: "is", values: filter }] } : {};
  return {
    enterpriseId,
    interval: { start: start_date, end: end_date },
    filter: { limit: limit ?? null, ...rules },
  };
}

const page = z.object({ data: z.array(z.unknown()) });

async function askForEvents(
  orchestrators: Orchestrators,
  { host, body }: { host: string; body: object },
  caller: Caller,
): Promise<HandlerReply> {
  const orchestrator = orchestrators.get(host);
  if (orchestrator === undefined) return unknownHost(host);
  const failed = refuse(
    500,
    `Exception thrown when getting all events from host ${host} using payload ${pythonRepr(body)}...`,
  );
  let answer: Answer;
  try {
    answer = await orchestrator.call("event/getEnterpriseEvents", body, caller);
  } catch (error) {
    const refused = error instanceof ThirdPartyError && error.reason === "login-failed";
    return refused ? explainFailure(error) : failed;
  }
  const outcome = readAnswer(answer);
  if (!outcome.ok) return outcome.reply;
  const { success, data } = page.safeParse(outcome.body);
  return success ? ok(data.data, outcome.status) : failed;
}
