import type { CachedEdge } from "@trunkline/contracts";

/** Follows the entries with one for each standby: the same edge with its two serials exchanged. */
export function withStandbys(entries: readonly CachedEdge[]): CachedEdge[] {
  const serials = new Set(entries.map((entry) => entry.serial_number));
  const standbys = entries.flatMap((entry) => {
    const standby = entry.ha_serial_number;
    // An Orchestrator that lists the standby as an edge of its own knows more about it than we would make up.
    if (standby === null || serials.has(standby)) return [];
    return [{ ...entry, serial_number: standby, ha_serial_number: entry.serial_number }];
  });
  return [...entries, ...standbys];
}
