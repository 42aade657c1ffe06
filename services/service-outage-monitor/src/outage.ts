import { type MonitoredEdge, troubledEdge, troubledEdgeOf } from "@trunkline/monitor";
import { faultyLinks, isCustomerOwned, isEdgeDown, linkTypeOf } from "@trunkline/sdwan";
import { z } from "zod";
import type { OutageFacts } from "./outage-metrics.ts";
import type { Settings } from "./settings.ts";

/** An outage as it was when its documentation was decided: all that is written about it follows from this record. */
export const outage = troubledEdge.extend({
  /** ISO 8601: when a pass saw it first. */
  since: z.iso.datetime(),
  /** ISO 8601: when it was found to last. */
  decidedAt: z.iso.datetime(),
});
export type Outage = z.output<typeof outage>;

export function outageOf(
  edge: MonitoredEdge,
  found: { readonly outageType: Outage["outageType"]; readonly since: string; readonly decidedAt: Date },
): z.input<typeof outage> {
  const { outageType, since, decidedAt } = found;
  return { ...troubledEdgeOf(edge, outageType), since, decidedAt: decidedAt.toISOString() };
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
