import type { Clock } from "@trunkline/clock";
import { slackNotification } from "@trunkline/contracts";
import {
  CallFailed,
  type MonitorBus,
  type MonitoredEdge,
  monitoredEdges,
  type OpenTickets,
  openTickets,
  readCache,
  readStatuses,
  type Troubles,
} from "@trunkline/monitor";
import { blindMessage } from "../host-messages.ts";
import type { Settings } from "../settings.ts";
import type { Question } from "../subjects.ts";

/** A host at one moment, shared by everything that looks at it about then. */
export interface HostSnapshot {
  readonly host: string;
  /** When its reading began. */
  readonly takenAt: Date;
  /** By serial. */
  readonly edges: ReadonlyMap<string, MonitoredEdge>;
  /** Those that the automation opened; fetched when the first one asks. */
  readonly tickets: OpenTickets;
}

export interface Collector {
  /**
   * @param notBefore the snapshot shows the host at this moment or later
   * @throws CallFailed when the host cannot be read, of which people have been told
   */
  snapshotOf(host: string, notBefore: Date): Promise<HostSnapshot>;
}

export interface CollectorOptions {
  readonly bus: MonitorBus<Question>;
  readonly clock: Clock;
  readonly settings: Pick<Settings, "blacklist" | "ownUser" | "productCategory">;
  readonly troubles: Troubles;
}

/** In real time: long enough for the rechecks of one quarantine to share a snapshot, too short to miss a recovery. */
const SHARED_FOR_MS = 5_000;
/** Edges that were not heard of for so long are out of service rather than out of order. */
const LAST_CONTACT_MS = 7 * 24 * 3600 * 1000;

interface Reading {
  readonly takenAt: Date;
  /** By the machine's clock, which runs on when the other one stands still. */
  readonly staleAt: number;
  readonly snapshot: Promise<HostSnapshot>;
}

export function createCollector(options: CollectorOptions): Collector {
  const readings = new Map<string, Reading>();
  return {
    snapshotOf: (host, notBefore) => {
      const latest = readings.get(host);
      if (latest !== undefined && latest.takenAt >= notBefore && performance.now() < latest.staleAt) {
        return latest.snapshot;
      }
      const takenAt = options.clock.now();
      const snapshot = takeSnapshot(host, takenAt, options);
      readings.set(host, { takenAt, staleAt: performance.now() + SHARED_FOR_MS, snapshot });
      // Those who wait for it share a failure; those who try again later do not.
      snapshot.catch(() => {
        if (readings.get(host)?.snapshot === snapshot) readings.delete(host);
      });
      return snapshot;
    },
  };
}

async function takeSnapshot(host: string, takenAt: Date, options: CollectorOptions): Promise<HostSnapshot> {
  const { bus, settings, troubles } = options;
  const trouble = `reading ${host}`;
  try {
    const cache = await readCache(bus, host, new Date(takenAt.getTime() - LAST_CONTACT_MS));
    const statuses = await readStatuses(bus, host);
    await troubles.over(trouble);
    const edges = monitoredEdges({ cache, ...statuses }, settings.blacklist);
    const { productCategory, ownUser: openedBy } = settings;
    return { host, takenAt, edges, tickets: openTickets(host, { bus, troubles, productCategory, openedBy }) };
  } catch (error) {
    if (error instanceof CallFailed) {
      await troubles.met(trouble, error, () => bus.publish(slackNotification, { message: blindMessage(host, error) }));
    }
    throw error;
  }
}
