import { askAgain, askPeers, type Building, type Built, type Problems } from "@trunkline/cache";
import { type CachedProbe, type CustomerInfo, type HawkeyeProbe, requestProbes } from "@trunkline/contracts";
import pLimit from "p-limit";
import { crossDevice, entryOf, type KnownDevice } from "./cross-device.ts";
import { lastContactOf } from "./last-contact.ts";
import type { Asked, CacheBus } from "./peers.ts";

const DEVICES_AT_ONCE = 8;

/** What decides which devices are cached. */
export interface DeviceRules {
  /** Management statuses in Bruin that put a device under monitoring. */
  readonly statuses: readonly string[];
  /** Pauses before the list of probes is asked for again. */
  readonly pausesMs?: readonly number[];
}

/**
 * Builds the list of devices from scratch. Devices that have vanished, have never reported or are not to be monitored
 * are not in it; devices nobody could be asked about are in it as they were before.
 *
 * @returns what builds it; it throws the signal's reason when the build has to stop
 */
export function deviceBuilder(
  bus: Pick<CacheBus, "request">,
  { statuses, pausesMs }: DeviceRules,
): (building: Building<CachedProbe>) => Promise<Built<CachedProbe> | undefined> {
  return async ({ previous, problems, signal }) => {
    const ask = askPeers<Asked>(bus, signal);
    const probes = await askAgain(() => ask(requestProbes, {}), { signal, pausesMs });
    if (!probes.ok) {
      problems.failed(probes.failure);
      return undefined;
    }
    const before = new Map(previous.map((entry) => [entry.serial_number, entry]));
    const duplicates = new Map<string, readonly CustomerInfo[]>();
    const entries = await pLimit(DEVICES_AT_ONCE).map(probes.body.flatMap(known), async (device) => {
      const crossing = await crossDevice(device, ask, statuses);
      switch (crossing.kind) {
        case "entry":
          if (crossing.inventories.length > 1) duplicates.set(device.serial, crossing.inventories);
          return [crossing.entry];
        case "left-out":
          return [];
        case "failed":
          problems.failed(crossing.failure, device.serial);
          return kept(device, before.get(device.serial), problems);
      }
    });
    const built = entries.flat();
    if (built.length > 0) return { entries: built, duplicates };
    problems.note(`of ${probes.body.length} devices at Hawkeye none came through`);
    return undefined;
  };
}

function known(probe: HawkeyeProbe): KnownDevice[] {
  const { serialNumber: serial } = probe;
  const lastContact = lastContactOf(probe);
  return serial && lastContact !== null ? [{ probe, serial, lastContact }] : [];
}

/** The device as it was, apart from what Hawkeye has just said about it. */
function kept(device: KnownDevice, previous: CachedProbe | undefined, problems: Problems): CachedProbe[] {
  problems.stale(device.serial, previous !== undefined);
  return previous === undefined ? [] : [entryOf(device, previous.bruin_client_info)];
}
