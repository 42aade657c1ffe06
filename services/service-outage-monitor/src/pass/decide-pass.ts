import type { MonitoredEdge } from "@trunkline/monitor";
import {
  faultyLinks,
  isBusinessGrade,
  isDocumented,
  isLinkOutage,
  type OutageType,
  outageTypeOf,
} from "@trunkline/sdwan";
import type { Settings } from "../settings.ts";

/** What to do about an edge that a pass has looked at. */
export type Verdict =
  | { readonly kind: "healthy" }
  /** Looks at it again after the quarantine of its outage type: most troubles end by themselves. */
  | { readonly kind: "quarantine"; readonly outageType: OutageType }
  /** Opens a ticket without waiting: the customer pays for that. */
  | { readonly kind: "document"; readonly outageType: OutageType }
  /** Its pair's other edge gets the ticket. */
  | { readonly kind: "leave" };

export function judge(edge: MonitoredEdge, settings: Pick<Settings, "businessGrade">): Verdict {
  const outageType = outageTypeOf(edge.status);
  if (outageType === null) return { kind: "healthy" };
  if (!isDocumented(outageType, edge.status)) return { kind: "leave" };
  return { kind: isOfBusinessGrade(edge, outageType, settings) ? "document" : "quarantine", outageType };
}

function isOfBusinessGrade(
  { status, cached }: MonitoredEdge,
  outageType: OutageType,
  { businessGrade }: Pick<Settings, "businessGrade">,
): boolean {
  return (
    isLinkOutage(outageType) &&
    businessGrade.hosts.includes(cached.edge.host) &&
    faultyLinks(status).some(({ label }) => isBusinessGrade(label, businessGrade.labels))
  );
}
