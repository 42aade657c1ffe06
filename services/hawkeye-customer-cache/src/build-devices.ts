import { askAgain, askPeers, type Building, type Built, crossEach } from "@trunkline/cache";
import { type CachedProbe, type HawkeyeProbe, requestProbes } from "@trunkline/contracts";
import { crossDevice, entryOf, type KnownDevice } from "./cross-device.ts";
import { lastContactOf } from "./last-contact.ts";
import type { Asked, CacheBus } from "./peers.ts";

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
    const before = new Map(previous.map((entry) => [entry.serial_number, entry.bruin_client_info]));
    const built = await crossEach(probes.body.flatMap(known), {
      problems,
      cross: (device) => crossDevice(device, ask, statuses),
      asBefore(device) {
        const client = before.get(device.serial);
        return client && entryOf(device, client);
      },
    });
    if (built.entries.length > 0) return built;
    problems.note(`of ${probes.body.length} devices at Hawkeye none came through`);
    return undefined;
  };
}

function known(probe: HawkeyeProbe): KnownDevice[] {
  const { serialNumber: serial } = probe;
  const lastContact = lastContactOf(probe);
  return serial && lastContact !== null ? [{ probe, serial, lastContact }] : [];
}
