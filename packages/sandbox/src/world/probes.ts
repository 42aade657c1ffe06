import type { Clock } from "@trunkline/clock";
import { Unknown } from "../errors.ts";
import type { Edge, Fleet, Site } from "./model.ts";

/** A Network Scout: a small computer at a site that tests what the network is like from there. */
export interface Probe {
  readonly id: number;
  readonly site: Site;
  /** The edges it reaches the world through. */
  readonly edges: readonly [Edge, ...Edge[]];
  /** Its MAC address. */
  readonly uid: string;
  /** Its service number in Bruin. */
  readonly serial: string;
  readonly name: string;
  /** When the probe itself did not run, whatever the site did; `until` is null while that lasts. */
  readonly failures: { readonly from: Date; until: Date | null }[];
}

/** The probes of a fleet, one at each site. Probes are named by their serial numbers. */
export interface Probes {
  readonly all: readonly Probe[];
  byUid(uid: string): Probe | undefined;
  byId(id: number): Probe | undefined;
  /** The probe itself stops. */
  fail(serial: string): Probe;
  heal(serial: string): Probe;
}

export function createProbes(probes: readonly Probe[], clock: Clock): Probes {
  const bySerial = new Map(probes.map((probe) => [probe.serial, probe]));
  const byUid = new Map(probes.map((probe) => [probe.uid, probe]));
  const byId = new Map(probes.map((probe) => [probe.id, probe]));

  function named(serial: string): Probe {
    const probe = bySerial.get(serial);
    if (probe === undefined) throw new Unknown("probe", serial);
    return probe;
  }
  return {
    all: probes,
    byUid: (uid) => byUid.get(uid),
    byId: (id) => byId.get(id),
    fail(serial) {
      const probe = named(serial);
      if (!hasFailed(probe)) probe.failures.push({ from: clock.now(), until: null });
      return probe;
    },
    heal(serial) {
      const probe = named(serial);
      const failure = probe.failures.at(-1);
      if (failure !== undefined) failure.until ??= clock.now();
      return probe;
    },
  };
}

/** Since when it can be reached, or cannot: it works and one of its site's edges does. */
export function reachability(probe: Probe): { readonly up: boolean; readonly since: Date } {
  const failure = probe.failures.at(-1);
  if (failure !== undefined && failure.until === null) return { up: false, since: failure.from };
  const connected = probe.edges.filter(({ state }) => state === "CONNECTED");
  if (connected.length > 0) return { up: true, since: earliest(connected) };
  return { up: false, since: latest(probe.edges) };
}

function hasFailed({ failures }: Probe): boolean {
  return failures.at(-1)?.until === null;
}

function earliest(edges: readonly Edge[]): Date {
  return new Date(Math.min(...edges.map(({ upSince }) => upSince.getTime())));
}

function latest(edges: readonly Edge[]): Date {
  return new Date(Math.max(...edges.map(({ since }) => since.getTime())));
}

/** Gives every site with an edge in use a probe, without a throw of the dice: the same fleet has the same probes. */
export function makeProbes({ edges }: Pick<Fleet, "edges">): Probe[] {
  const bySite = new Map<Site, [Edge, ...Edge[]]>();
  for (const edge of edges) {
    if (edge.state === "NEVER_ACTIVATED") continue;
    const known = bySite.get(edge.site);
    if (known === undefined) bySite.set(edge.site, [edge]);
    else known.push(edge);
  }
  return [...bySite].map(([site, [first, ...others]], index) => {
    const id = index + 1;
    const tail = id.toString(16).padStart(6, "0");
    return {
      id,
      site,
      edges: [first, ...others],
      uid: `b8:27:eb:${tail.slice(0, 2)}:${tail.slice(2, 4)}:${tail.slice(4)}`,
      serial: `B827EB${tail.toUpperCase()}`,
      name: `${first.name}-PI`,
      failures: [],
    };
  });
}
