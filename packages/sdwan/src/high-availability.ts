import type { NetworkEdgeRow } from "@trunkline/contracts";
import type { EdgeStatus } from "./edge-status.ts";

/** State of a standby by the pair's `haState`; in any other state the pair does not work as one. */
const standbyStates: ReadonlyMap<string | null, string> = new Map([
  ["READY", "CONNECTED"],
  ["FAILED", "OFFLINE"],
]);

/**
 * Joins edges with what the Orchestrator says about their pairing. Each edge of a working pair is followed, at the end
 * of the list, by its standby: an edge of its own with the two serials and states exchanged and the same links.
 * An edge that `rows` do not name is left out, because nothing is known about its pair.
 */
export function pairUp(
  edges: readonly EdgeStatus[],
  rows: readonly Pick<NetworkEdgeRow, "serialNumber" | "haState">[],
): EdgeStatus[] {
  const rowBySerial = new Map(rows.map((row) => [row.serialNumber, row]));
  const primaries = edges.flatMap((edge) => {
    const row = rowBySerial.get(edge.serial);
    return row === undefined ? [] : [withPartner(edge, row.haState)];
  });
  return [...primaries, ...primaries.flatMap(standbyOf)];
}

function withPartner(edge: EdgeStatus, haState: string | null): EdgeStatus {
  const state = standbyStates.get(haState);
  if (state === undefined || edge.standbySerial === null) return edge;
  return { ...edge, partner: { serial: edge.standbySerial, state, role: "primary" } };
}

function standbyOf(primary: EdgeStatus): EdgeStatus[] {
  if (primary.partner === null) return [];
  const { serial, state } = primary.partner;
  return [{ ...primary, serial, state, partner: { serial: primary.serial, state: primary.state, role: "standby" } }];
}
