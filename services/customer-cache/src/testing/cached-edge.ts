import { type CachedEdge, cachedEdge } from "@trunkline/contracts";

export const HOST = "vco1.example.net";

/** A cached edge with this serial. */
export function cachedEdgeOf(serial: string, changes: Partial<CachedEdge> = {}): CachedEdge {
  return cachedEdge.parse({
    edge: { host: HOST, enterprise_id: 12, enterprise_name: "Acme Retail|90001|", edge_id: Number(serial.slice(2)) },
    edge_name: `ACME-${serial}`,
    last_contact: "2026-01-05T09:59:00.000Z",
    serial_number: serial,
    bruin_client_info: { client_id: 90001, client_name: "Acme Retail", site_id: 777 },
    ...changes,
  });
}
