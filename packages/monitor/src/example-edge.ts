import { type EdgeEvent, edgeEvent } from "@trunkline/contracts";
import { type TroubledEdge, troubledEdge } from "./troubled-edge.ts";

/** An edge of a made-up customer whose wired link is down; its other link goes over a DiGi modem. */
export const exampleEdge: TroubledEdge = troubledEdge.parse({
  outageType: "Link Down (no HA)",
  status: {
    serial: "VC0500001234",
    name: "ACME-0007",
    state: "CONNECTED",
    lastContact: "2026-03-02T14:56:31.000Z",
    standbySerial: null,
    partner: null,
    links: [
      { interface: "GE1", label: "Fiber 100M", ipAddress: "192.0.2.1", state: "DISCONNECTED" },
      { interface: "GE2", label: "LTE backup", ipAddress: "192.0.2.2", state: "STABLE" },
    ],
  },
  cached: {
    edge: { host: "vco1.example.net", enterprise_id: 7, enterprise_name: "Acme Foods", edge_id: 70 },
    bruin_client_info: { client_id: 501, client_name: "Acme Foods", site_id: 4101 },
    logical_ids: [
      { interface_name: "GE1", logical_id: "aa:bb:01:02", access_type: "Ethernet", service_number: "LN-1001" },
      { interface_name: "GE2", logical_id: "00:27:04:9f", access_type: "Wireless", service_number: "LN-1002" },
    ],
    links_configuration: [
      { interfaces: ["GE1"], mode: "PUBLIC", type: "WIRED" },
      { interfaces: ["GE2"], mode: "PUBLIC", type: "WIRELESS" },
    ],
    site_details: { tzOffset: -5 },
  },
});

/** What its Orchestrator has to tell of it. */
export const exampleEvents: readonly EdgeEvent[] = [
  { event: "LINK_DEAD", eventTime: "2026-03-02T14:57:12.000Z", message: "Link GE1 is now DEAD" },
  { event: "LINK_ALIVE", eventTime: "2026-03-02T14:31:40.000Z", message: "Link GE1 is no longer DEAD" },
].map((event) => edgeEvent.parse({ category: "NETWORK", ...event }));

/** A moment at which it is written about, and how. */
export const exampleVoice = {
  now: new Date("2026-03-02T15:00:21.000Z"),
  since: "2026-03-02T14:57:20.000Z",
  timeZone: "US/Eastern",
  ticketUrl: "https://bruin.example.net/t",
  ticketId: 7001001,
} as const;
