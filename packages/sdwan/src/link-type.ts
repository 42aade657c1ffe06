import type { CachedEdge } from "@trunkline/contracts";

/** How a link is connected, by the edge's WAN configuration: `PUBLIC` or `PRIVATE`, `WIRED` or `WIRELESS`. */
export interface LinkType {
  readonly mode: string;
  readonly type: string;
}

/** The type of an interface's link; null where the configuration does not name the interface or does not say. */
export function linkTypeOf(
  configuration: CachedEdge["links_configuration"],
  interfaceName: string | null,
): LinkType | null {
  const link = configuration.find(({ interfaces }) => interfaceName !== null && interfaces.includes(interfaceName));
  if (link === undefined || link.mode === null || link.type === null) return null;
  return { mode: link.mode, type: link.type };
}
