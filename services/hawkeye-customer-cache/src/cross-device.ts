import { askOwner, type Crossing, isStatusAmong } from "@trunkline/cache";
import { type CachedProbe, getManagementStatus, type HawkeyeProbe } from "@trunkline/contracts";
import type { AskBridge } from "./peers.ts";

/** A probe that has reported at least once and can be asked about. */
export interface KnownDevice {
  readonly probe: HawkeyeProbe;
  readonly serial: string;
  readonly lastContact: string;
}

/** Asks Bruin whose device this is and whether it is to be monitored. */
export async function crossDevice(
  device: KnownDevice,
  ask: AskBridge,
  statuses: readonly string[],
): Promise<Crossing<CachedProbe>> {
  const owner = await askOwner(device.serial, ask);
  if (owner.kind !== "owner") return owner;
  const { client, inventories } = owner;
  const asset = { client_id: client.client_id, service_number: device.serial, status: "A" };
  const status = await ask(getManagementStatus, asset);
  if (!status.ok) return { kind: "failed", failure: status.failure };
  if (status.body === null || !isStatusAmong(status.body, statuses)) return { kind: "left-out" };
  return { kind: "entry", entry: entryOf(device, client), inventories };
}

/** A device and whose it is. */
export function entryOf(
  { probe, serial, lastContact }: KnownDevice,
  client: CachedProbe["bruin_client_info"],
): CachedProbe {
  return {
    probe_id: probe.probeId,
    probe_uid: probe.uid,
    probe_group: probe.probeGroup,
    device_type_name: probe.typeName,
    last_contact: lastContact,
    serial_number: serial,
    bruin_client_info: client,
  };
}
