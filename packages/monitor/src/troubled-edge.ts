import { cachedEdge } from "@trunkline/contracts";
import { type EdgeStatus, type OutageType, outageTypes } from "@trunkline/sdwan";
import { z } from "zod";
import type { MonitoredEdge } from "./monitored-edge.ts";

const text = z.string().nullable();

const edgeStatus = z.object({
  serial: z.string(),
  name: text,
  state: z.string(),
  lastContact: text,
  standbySerial: text,
  partner: z.object({ serial: z.string(), state: z.string(), role: z.enum(["primary", "standby"]) }).nullable(),
  links: z.array(z.object({ interface: text, label: text, ipAddress: text, state: text })),
}) satisfies z.ZodType<EdgeStatus>;

/** An edge as it was when something was decided about its outage: jobs keep it, and all that is written follows. */
export const troubledEdge = z.object({
  outageType: z.enum(outageTypes),
  status: edgeStatus,
  cached: z.object({
    edge: cachedEdge.shape.edge,
    bruin_client_info: cachedEdge.shape.bruin_client_info,
    logical_ids: cachedEdge.shape.logical_ids,
    links_configuration: cachedEdge.shape.links_configuration,
    site_details: z.object({ tzOffset: z.number().nullable() }).nullable(),
  }),
});
export type TroubledEdge = z.output<typeof troubledEdge>;

export function troubledEdgeOf(
  { status, cached }: MonitoredEdge,
  outageType: OutageType,
): z.input<typeof troubledEdge> {
  const { edge, bruin_client_info, logical_ids, links_configuration, site_details } = cached;
  return {
    outageType,
    status: { ...status, links: [...status.links] },
    cached: {
      edge,
      bruin_client_info,
      logical_ids,
      links_configuration,
      site_details: site_details && { tzOffset: site_details.tzOffset },
    },
  };
}
