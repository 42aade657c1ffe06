import type { CachedEdge, EdgeEvent } from "@trunkline/contracts";
import { type EdgeStatus, lastSeen, linkTypeOf, type OutageType } from "@trunkline/sdwan";
import type { TriageNote, TriageStory } from "./triage.ts";

/** How far back a triage note looks for when things were last seen up and down. */
export const TRIAGE_LOOKBACK_MS = 7 * 24 * 3600 * 1000;

/** An edge in trouble, and what is known about it. */
export interface TroubledEdge {
  readonly outageType: OutageType;
  readonly status: EdgeStatus;
  readonly cached: Pick<CachedEdge, "edge" | "links_configuration">;
}

/** What a triage note says about an outage, given the edge's events. The primary of a pair always comes first. */
export function triageNoteOf(
  { outageType, status, cached }: TroubledEdge,
  {
    kind,
    events,
    now,
    story,
  }: {
    readonly kind: TriageNote["kind"];
    readonly events: readonly EdgeEvent[];
    readonly now: Date;
    readonly story?: TriageStory;
  },
): TriageNote {
  const seen = lastSeen(events);
  const { partner } = status;
  const [primary, standby] = partner?.role === "standby" ? [partner, status] : [status, partner];
  return {
    kind,
    outageType,
    console: { host: cached.edge.host, enterpriseId: cached.edge.enterprise_id, edgeId: cached.edge.edge_id },
    edgeName: status.name,
    primary: { serial: primary.serial, state: primary.state, lastSeen: seen.edge },
    standby: standby && { serial: standby.serial, state: standby.state },
    links: status.links.flatMap((link) =>
      link.interface === null || link.interface === ""
        ? []
        : [
            {
              interface: link.interface,
              label: link.label,
              ipAddress: link.ipAddress,
              type: linkTypeOf(cached.links_configuration, link.interface),
              state: link.state,
              lastSeen: seen.interface(link.interface),
            },
          ],
    ),
    ...(story === undefined ? {} : { story }),
    writtenAt: now,
  };
}
