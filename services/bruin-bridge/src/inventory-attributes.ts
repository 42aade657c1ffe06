import type { Handler } from "@trunkline/bus";
import type { getInventoryAttributes, ParsedBodyOf } from "@trunkline/contracts";
import { UNREACHABLE } from "./bruin-answer.ts";
import type { BruinCall, BruinClient } from "./bruin-client.ts";
import { queryOf } from "./query.ts";

/** The attributes of one asset, as Bruin gives them. */
export function getAttributes(bruin: BruinClient): Handler<typeof getInventoryAttributes> {
  return (asset, context) => bruin.call(attributesCall(asset), context);
}

export function attributesCall(asset: ParsedBodyOf<typeof getInventoryAttributes>): BruinCall {
  return {
    method: "GET",
    path: "/api/Inventory/Attribute",
    query: queryOf(asset),
    texts: { unreachable: UNREACHABLE.plain },
  };
}
