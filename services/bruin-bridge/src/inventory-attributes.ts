import type { Handler } from "@trunkline/bus";
import type { getInventoryAttributes } from "@trunkline/contracts";
import { UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { queryOf } from "./query.ts";

/** The attributes of one asset, as Bruin gives them. */
export function getAttributes(bruin: BruinClient): Handler<typeof getInventoryAttributes> {
  return (filters, context) =>
    bruin.call(
      {
        method: "GET",
        path: "/api/Inventory/Attribute",
        query: queryOf(filters),
        texts: { unreachable: UNREACHABLE.plain },
      },
      context,
    );
}
