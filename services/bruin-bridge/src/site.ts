import { type Handler, refuse } from "@trunkline/bus";
import type { getSite } from "@trunkline/contracts";
import { isSuccess, UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { documentsOf } from "./documents.ts";
import { queryOf } from "./query.ts";

/** A client's site; 404 when there is none of that number. */
export function findSite(bruin: BruinClient): Handler<typeof getSite> {
  return async (filters, context) => {
    const reply = await bruin.call(
      {
        method: "GET",
        path: "/api/Site",
        query: queryOf(filters),
        texts: { forbidden: { error: "403 error" }, unreachable: UNREACHABLE.plain },
      },
      context,
    );
    if (!isSuccess(reply.status)) return reply;
    const [site] = documentsOf(reply.body);
    if (site !== undefined) return { status: reply.status, body: site };
    return refuse(404, `No site information was found for site ${filters.site_id} and client ${filters.client_id}`);
  };
}
