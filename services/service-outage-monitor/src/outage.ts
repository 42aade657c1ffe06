import { type MonitoredEdge, troubledEdge, troubledEdgeOf } from "@trunkline/monitor";
import { faultyInterfaces, faultyLinks, isCustomerOwned, isEdgeDown, linkTypeOf } from "@trunkline/sdwan";
import { z } from "zod";
import type { OutageFacts } from "./outage-metrics.ts";
import type { Settings } from "./settings.ts";

/** An outage as it was when its documentation was decided: all that is written about it follows from this record. */
export const outage = troubledEdge.extend({
  /** ISO 8601: when a pass saw it first. */
  since: z.iso.datetime(),
  /** ISO 8601: when it was found to last. */
  decidedAt: z.iso.datetime(),
  /** One of so many that Slack hears of them together. */
  quiet: z.boolean(),
});
export type Outage = z.output<typeof outage>;

export function outageOf(
  edge: MonitoredEdge,
  found: {
    readonly outageType: Outage["outageType"];
    readonly since: string;
    readonly decidedAt: Date;
    readonly quiet: boolean;
  },
): z.input<typeof outage> {
  const { outageType, since, decidedAt, quiet } = found;
  return { ...troubledEdgeOf(edge, outageType), since, decidedAt: decidedAt.toISOString(), quiet };
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
  return {
    host: cached.edge.host,
    clientName: cached.bruin_client_info.client_name ?? "",
    outageType,
    severity: targetSeverity({ status }, settings.severity),
    hasDigi: faultyModems({ status, cached }, settings.digiHeaders).length > 0,
    hasByob: faulty.some(({ label }) => isCustomerOwned(label, settings.customerOwnedLabels)),
    linkTypes: faulty.map((link) => linkTypeOf(cached.links_configuration, link.interface)?.type ?? null),
  };
}

/** A DiGi modem whose link is down. */
export interface FaultyModem {
  readonly interface: string;
  readonly logicalId: string;
}

export function faultyModems(
  { status, cached }: Pick<Outage, "status" | "cached">,
  digiHeaders: readonly string[],
): FaultyModem[] {
  const faulty = new Set(faultyInterfaces(status));
  return cached.logical_ids.flatMap(({ interface_name: name, logical_id: logicalId }) => {
    const isModem = logicalId !== null && digiHeaders.some((header) => logicalId.includes(header));
    return isModem && name !== null && faulty.has(name) ? [{ interface: name, logicalId }] : [];
  });
}

/**
 * Whether people at the network operations centre can do something about an outage: of the edge itself, or of a link
 * that is not the customer's own. A link without a label is not.
 */
export function isForHnoc({ status }: Pick<Outage, "status">, customerOwnedLabels: readonly string[]): boolean {
  return isEdgeDown(status) || faultyLinks(status).some(({ label }) => !isCustomerOwned(label, customerOwnedLabels));
}
