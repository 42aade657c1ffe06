import { type HandlerReply, ok } from "@trunkline/bus";
import type { Edge } from "../format/given.ts";
import type { Answers } from "./answers.ts";
import { edgesOn, present, type State } from "./state.ts";

/** What the customer cache says: every edge with its customer, both edges of a pair. */
export function customerCacheAnswers(state: State): Answers {
  return { "customer.cache.get": (body) => cached(state, body) };
}

function cached(state: State, { filter, last_contact_filter: heardAfter }: Record<string, unknown>): HandlerReply {
  const hosts = Object.keys((filter ?? {}) as object);
  const limit = typeof heardAfter === "string" ? Date.parse(heardAfter) : Number.NEGATIVE_INFINITY;
  const entries = edgesOn(state, undefined)
    .filter(([, { host, cached: isCached }]) => isCached !== false && (hosts.length === 0 || hosts.includes(host)))
    .filter(([, { lastContact }]) => lastContact === undefined || state.dateOf(lastContact).getTime() >= limit)
    .flatMap(([serial, edge]) => {
      const standby = edge.pair?.serial;
      const primary = entry(state, serial, edge);
      return standby ? [primary, { ...primary, serial_number: standby, ha_serial_number: serial }] : [primary];
    });
  return ok(entries);
}

function entry(state: State, serial: string, edge: Edge & { readonly host: string }) {
  const links = present(edge.links);
  return {
    edge: {
      host: edge.host,
      enterprise_id: edge.enterprise?.id ?? 1,
      enterprise_name: edge.enterprise?.name ?? null,
      edge_id: edge.id ?? 1,
    },
    edge_name: edge.name ?? null,
    last_contact: edge.lastContact === undefined ? null : state.dateOf(edge.lastContact).toISOString(),
    logical_ids: links.map(([name, { logicalId, access, line }]) => ({
      interface_name: name,
      logical_id: logicalId ?? null,
      access_type: access ?? null,
      service_number: line ?? null,
    })),
    serial_number: serial,
    ha_serial_number: edge.pair?.serial ?? null,
    bruin_client_info: { client_id: edge.client?.id ?? 1, client_name: edge.client?.name ?? null },
    site_details: edge.tzOffset == null ? null : { tzOffset: edge.tzOffset },
    links_configuration: links.flatMap(([name, { mode, type }]) =>
      type == null ? [] : [{ interfaces: [name], mode: mode ?? "PUBLIC", type }],
    ),
  };
}
