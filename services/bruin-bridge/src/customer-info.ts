import type { Handler } from "@trunkline/bus";
import type { getCustomerInfo } from "@trunkline/contracts";
import { isSuccess, UNREACHABLE } from "./bruin-answer.ts";
import type { BruinClient } from "./bruin-client.ts";
import { documentsOf } from "./documents.ts";
import { queryOf } from "./query.ts";

const ACTIVE = "A";

/** The clients and sites whose active inventory has one of the service numbers. */
export function getCustomers(bruin: BruinClient): Handler<typeof getCustomerInfo> {
  return async (filters, context) => {
    const reply = await bruin.call(
      { method: "GET", path: "/api/Inventory", query: queryOf(filters), texts: { unreachable: UNREACHABLE.plain } },
      context,
    );
    if (!isSuccess(reply.status)) return reply;
    return { status: reply.status, body: customersOf(documentsOf(reply.body), [filters.service_number].flat()) };
  };
}

/** Bruin searches by parts of a number; only a document of exactly one of the numbers is an answer. */
export function customersOf(documents: readonly Record<string, unknown>[], serviceNumbers: readonly string[]) {
  return documents
    .filter(({ status, serviceNumber }) => status === ACTIVE && serviceNumbers.includes(serviceNumber as string))
    .map(({ clientID, clientName, siteId }) => ({
      client_id: clientID ?? null,
      client_name: clientName ?? null,
      site_id: siteId ?? null,
    }));
}
