import { type Handler, refuse } from "@trunkline/bus";
import type { getCircuit } from "@trunkline/contracts";
import { UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { queryOf } from "./query.ts";

/** Whose circuit it is. An unknown one is no error: requesters know it by the status 204. */
export function findCircuit(bruin: BruinClient): Handler<typeof getCircuit> {
  return async (filters, context) => {
    const reply = await bruin.call(
      {
        method: "GET",
        path: "/api/Inventory/circuit",
        query: queryOf(filters),
        texts: { unreachable: UNREACHABLE.plain },
      },
      context,
    );
    return reply.status === 204 ? refuse(204, "204 No Content") : reply;
  };
}
