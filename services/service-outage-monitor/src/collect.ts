import type { Clock } from "@trunkline/clock";
import {
  type CachedEdge,
  getCustomerCache,
  getLinksWithEdgeInfo,
  requestNetworkEnterpriseEdges,
  slackNotification,
} from "@trunkline/contracts";
import { ask } from "./ask.ts";
import { CACHE_IS_BEING_BUILT, CallFailed } from "./errors.ts";
import { blindMessage } from "./messages.ts";
import { type MonitoredEdge, monitoredEdges } from "./monitored-edge.ts";
import { type OpenTickets, openTickets, type TicketReading } from "./open-tickets.ts";
import type { MonitorBus } from "./subjects.ts";

/** A host at one moment, shared by everything that looks at it about then. */
export interface HostSnapshot {
  readonly host: string;
  /** When its reading began. */
  readonly takenAt: Date;
  /** By serial. */
  readonly edges: ReadonlyMap<string, MonitoredEdge>;
  /** Fetched when the first one asks. */
  readonly tickets: OpenTickets;
}

export interface Collector {
  /**
   * @param notBefore the snapshot shows the host at this moment or later
   * @throws CallFailed when the host cannot be read, of which people have been told
   */
  snapshotOf(host: string, notBefore: Date): Promise<HostSnapshot>;
}

interface CollectorOptions extends TicketReading {
  readonly clock: Clock;
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
    const cache = await readCache(bus, host, takenAt);
    const links = await ask(bus, getLinksWithEdgeInfo, { body: { host } });
    const pairs = await ask(bus, requestNetworkEnterpriseEdges, { body: { host, enterprise_ids: [] } });
    troubles.over(trouble);
    const edges = monitoredEdges({ cache, links, pairs }, settings.blacklist);
    return { host, takenAt, edges, tickets: openTickets(host, options) };
  } catch (error) {
    if (error instanceof CallFailed) {
      await troubles.met(trouble, error, () => bus.publish(slackNotification, { message: blindMessage(host, error) }));
    }
    throw error;
  }
}

async function readCache(bus: MonitorBus, host: string, now: Date): Promise<readonly CachedEdge[]> {
  const body = { filter: { [host]: [] }, last_contact_filter: naiveText(new Date(now.getTime() - LAST_CONTACT_MS)) };
  const cache = await ask(bus, getCustomerCache, { body });
  if (typeof cache === "string") throw new CallFailed(getCustomerCache.subject, CACHE_IS_BEING_BUILT);
  return cache;
}

/** UTC without an offset and with microseconds, as the cache has always been asked. */
function naiveText(moment: Date): string {
  return moment.toISOString().replace("T", " ").replace("Z", "000");
}
