import type { Handler } from "@trunkline/bus";
import type { getAssetTopics } from "@trunkline/contracts";
import { UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { queryOf } from "./query.ts";

/** The kinds of ticket that may be opened for an asset; Bruin's answer is the reply, whatever it is. */
export function listTopics(bruin: BruinClient): Handler<typeof getAssetTopics> {
  return (filters, context) =>
    bruin.call(
      {
        method: "GET",
        path: "/api/Ticket/topics",
        query: queryOf(filters),
        asItIs: "json",
        texts: { unreachable: UNREACHABLE.session },
      },
      context,
    );
}
