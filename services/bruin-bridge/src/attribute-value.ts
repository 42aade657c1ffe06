import type { Handler, HandlerReply } from "@trunkline/bus";
import type { getManagementStatus, getSerialNumber } from "@trunkline/contracts";
import { isSuccess } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { attributesCall } from "./inventory-attributes.ts";
import { rowsIn } from "./rows.ts";

/** The serial number among an asset's attributes. */
export function findSerialNumber(bruin: BruinClient): Handler<typeof getSerialNumber> {
  return async (asset, context) => valueIn(await bruin.call(attributesCall(asset), context), "Serial Number");
}

/** The management status among an asset's attributes. */
export function findManagementStatus(bruin: BruinClient): Handler<typeof getManagementStatus> {
  return async (asset, context) => valueIn(await bruin.call(attributesCall(asset), context), "Management Status");
}

/** The first attribute of that name; null when the asset has none. An answer without attributes passes as it is. */
export function valueIn(reply: HandlerReply, name: string): HandlerReply {
  const { status, body } = reply;
  if (!isSuccess(status) || typeof body !== "object" || body === null || !("attributes" in body)) return reply;
  const attributes = rowsIn(body, "attributes") as ({ key?: unknown; value?: unknown } | null)[];
  return { status, body: attributes.find((each) => each?.key === name)?.value ?? null };
}
