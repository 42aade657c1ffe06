import { type Failure, isStatusAmong } from "@trunkline/cache";
import {
  type CachedProbe,
  type CustomerInfo,
  getCustomerInfo,
  getManagementStatus,
  type HawkeyeProbe,
} from "@trunkline/contracts";
import type { AskBridge } from "./peers.ts";

/** A probe that has reported at least once and can be asked about. */
export interface KnownDevice {
  readonly probe: HawkeyeProbe;
  readonly serial: string;
  readonly lastContact: string;
}

/** What crossing one device with Bruin came to. */
export type Crossing =
  | {
      readonly kind: "entry";
      readonly entry: CachedProbe;
      /** Active inventory items with this serial, of which the first counts. */
      readonly inventories: readonly CustomerInfo[];
    }
  /** Bruin does not know the device or does not want it monitored: it leaves the cache. */
  | { readonly kind: "left-out" }
  /** Nobody knows: what is cached stays. */
  | { readonly kind: "failed"; readonly failure: Failure };

/** Asks Bruin whose device this is and whether it is to be monitored. */
export async function crossDevice(device: KnownDevice, ask: AskBridge, statuses: readonly string[]): Promise<Crossing> {
  const customers = await ask(getCustomerInfo, { service_number: device.serial });
  if (!customers.ok) return { kind: "failed", failure: customers.failure };
  const [customer] = customers.body;
  if (customer === undefined || customer.client_id === null) return { kind: "left-out" };
  const { client_id, client_name, site_id } = customer;

  const status = await ask(getManagementStatus, { client_id, service_number: device.serial, status: "A" });
  if (!status.ok) return { kind: "failed", failure: status.failure };
  if (status.body === null || !isStatusAmong(status.body, statuses)) return { kind: "left-out" };
  const entry = entryOf(device, { client_id, client_name, site_id });
  return { kind: "entry", entry, inventories: customers.body };
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
