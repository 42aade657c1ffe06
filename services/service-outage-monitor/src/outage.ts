import { cachedEdge } from "@trunkline/contracts";
import type { MonitoredEdge } from "@trunkline/monitor";
import { type EdgeStatus, faultyLinks, isCustomerOwned, isEdgeDown, linkTypeOf, outageTypes } from "@trunkline/sdwan";
import { z } from "zod";
import type { OutageFacts } from "./outage-metrics.ts";
import type { Settings } from "./settings.ts";

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

/** An outage as it was when its documentation was decided: all that is written about it follows from this record. */
export const outage = z.object({
  outageType: z.enum(outageTypes),
  /** ISO 8601: when a pass saw it first. */
  since: z.iso.datetime(),
  /** ISO 8601: when it was found to last. */
  decidedAt: z.iso.datetime(),
  status: edgeStatus,
  cached: z.object({
    edge: cachedEdge.shape.edge,
    bruin_client_info: cachedEdge.shape.bruin_client_info,
    logical_ids: cachedEdge.shape.logical_ids,
    links_configuration: cachedEdge.shape.links_configuration,
  }),
});
export type Outage = z.output<typeof outage>;

export function outageOf(
  { status, cached }: MonitoredEdge,
  found: { readonly outageType: Outage["outageType"]; readonly since: string; readonly decidedAt: Date },
): z.input<typeof outage> {
  const { edge, bruin_client_info, logical_ids, links_configuration } = cached;
  return {
    ...found,
    decidedAt: found.decidedAt.toISOString(),
    status: { ...status, links: [...status.links] },
    cached: { edge, bruin_client_info, logical_ids, links_configuration },
  };
}

/** The severity that an outage's ticket should have; 1 is the highest. */
export function targetSeverity(
  { status }: Pick<Outage, "status">,
  { edgeDown, linkDown }: Settings["severity"],
): number {
  return isEdgeDown(status) ? edgeDown : linkDown;
}

export function outageFacts({ outageType, status, cached }: Outage, settings: Settings): OutageFacts {
  const faulty = faultyLinks(status);
  const digiInterfaces = new Set(
    cached.logical_ids
      .filter(({ logical_id }) => settings.digiHeaders.some((header) => logical_id?.includes(header)))
      .map(({ interface_name }) => interface_name),
  );
  return {
    host: cached.edge.host,
    clientName: cached.bruin_client_info.client_name ?? "",
    outageType,
    severity: targetSeverity({ status }, settings.severity),
    hasDigi: faulty.some((link) => link.interface !== null && digiInterfaces.has(link.interface)),
    hasByob: faulty.some(({ label }) => isCustomerOwned(label, settings.customerOwnedLabels)),
    linkTypes: faulty.map((link) => linkTypeOf(cached.links_configuration, link.interface)?.type ?? null),
  };
}
