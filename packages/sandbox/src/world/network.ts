import type { Clock } from "@trunkline/clock";
import { NotNow, Unknown } from "../errors.ts";
import type { EventLog } from "./event-log.ts";
import type { Edge, Fleet, Link, LinkTrouble } from "./model.ts";

/**
 * What can happen to edges and links. Every change writes the events an Orchestrator would write, and a change to
 * the state that is already there does nothing. Edges are named by the serial of either unit of a pair.
 */
export interface Network {
  readonly fleet: Fleet;
  edge(serial: string): Edge;
  /** Undefined where `edge` throws. */
  findEdge(serial: string): Edge | undefined;
  edgeById(id: number): Edge | undefined;
  edgesOf(enterpriseId: number): readonly Edge[];
  /** The site goes dark: the edge, its standby and, in consequence, all its links. */
  failEdge(serial: string): Edge;
  /** The unit at work stops and its standby has not taken over yet: soft down. */
  failUnit(serial: string): Edge;
  /** The standby stops while the edge goes on. */
  failStandby(serial: string): Edge;
  /** The unit at work stops and the standby takes over: the serials swap. */
  failover(serial: string): Edge;
  /** Every unit works again; links come back unless they failed by themselves. */
  healEdge(serial: string): Edge;
  failLink(serial: string, name: string): Edge;
  /** The line works again, and works well. */
  healLink(serial: string, name: string): Edge;
  /** The line goes on, with bad figures. */
  troubleLink(serial: string, name: string, trouble: Omit<LinkTrouble, "since">): Edge;
  /** Heals all that is broken, and says which edges that concerned. */
  healAll(): Edge[];
}

export interface NetworkParts {
  readonly fleet: Fleet;
  readonly clock: Clock;
  readonly events: EventLog;
  readonly onChange: (edge: Edge) => void;
}

export function createNetwork({ fleet, clock, events, onChange }: NetworkParts): Network {
  const index = indexFleet(fleet);

  function edge(serial: string): Edge {
    const found = index.bySerial.get(serial);
    if (found === undefined) throw new Unknown("edge", serial);
    return found;
  }

  /** Runs a change on an edge that is in use, and tells about it when something came of it. */
  function change(serial: string, apply: (edge: Edge, at: Date) => boolean): Edge {
    const subject = edge(serial);
    if (subject.state === "NEVER_ACTIVATED") throw new NotNow(`Edge ${serial} was never activated.`);
    if (apply(subject, clock.now())) onChange(subject);
    return subject;
  }

  const units = unitChanges(events);
  const lines = lineChanges(events);
  return {
    fleet,
    edge,
    findEdge: (serial) => index.bySerial.get(serial),
    edgeById: (id) => index.byId.get(id),
    edgesOf: (enterpriseId) => index.byEnterprise.get(enterpriseId) ?? [],
    failEdge: (serial) =>
      change(serial, (subject, at) => {
        const standby = units.standbyDown(subject, at);
        return units.down(subject, at) || standby;
      }),
    failUnit: (serial) => change(serial, units.down),
    failStandby: (serial) => change(serial, (subject, at) => units.standbyDown(withStandby(subject), at)),
    failover: (serial) => change(serial, (subject, at) => units.takeOver(withStandby(subject), at)),
    healEdge: (serial) => change(serial, units.up),
    failLink: (serial, name) => change(serial, (subject, at) => lines.fail(subject, linkOf(subject, name), at)),
    healLink: (serial, name) => change(serial, (subject, at) => lines.heal(subject, linkOf(subject, name), at)),
    troubleLink: (serial, name, trouble) =>
      change(serial, (subject, at) => {
        linkOf(subject, name).trouble = { ...trouble, since: at };
        return true;
      }),
    healAll: () =>
      fleet.edges.filter(isBroken).map(({ serial }) =>
        change(serial, (subject, at) => {
          units.up(subject, at);
          for (const link of subject.links) lines.heal(subject, link, at);
          return true;
        }),
      ),
  };
}

function indexFleet(fleet: Fleet) {
  const bySerial = new Map<string, Edge>();
  const byId = new Map<number, Edge>();
  const byEnterprise = new Map<number, Edge[]>(fleet.customers.map(({ enterpriseId }) => [enterpriseId, []]));
  for (const edge of fleet.edges) {
    bySerial.set(edge.serial, edge);
    if (edge.haSerial !== null) bySerial.set(edge.haSerial, edge);
    byId.set(edge.id, edge);
    byEnterprise.get(edge.customer.enterpriseId)?.push(edge);
  }
  return { bySerial, byId, byEnterprise };
}

/** What happens to the units of an edge; each says whether anything changed. */
function unitChanges(events: EventLog) {
  function down(edge: Edge, at: Date): boolean {
    if (edge.state === "OFFLINE") return false;
    Object.assign(edge, { state: "OFFLINE", since: at });
    events.add({ edge, at, name: "EDGE_DOWN", message: "Edge is down" });
    for (const link of edge.links) follow(events, { edge, link, at });
    return true;
  }
  function standbyDown(edge: Edge, at: Date): boolean {
    if (edge.haState !== "READY") return false;
    edge.haState = "FAILED";
    events.add({ edge, at, name: "HA_FAILED", message: "High availability standby failed" });
    return true;
  }
  function up(edge: Edge, at: Date): boolean {
    const standbyReturns = edge.haState === "FAILED";
    if (standbyReturns) {
      edge.haState = "READY";
      events.add({ edge, at, name: "HA_READY", message: "High availability standby is ready" });
    }
    if (edge.state === "CONNECTED") return standbyReturns;
    Object.assign(edge, { state: "CONNECTED", since: at, upSince: at });
    events.add({ edge, at, name: "EDGE_UP", message: "Edge is up" });
    for (const link of edge.links) follow(events, { edge, link, at });
    return true;
  }
  function takeOver(edge: Edge, at: Date): boolean {
    if (edge.haState !== "READY") throw new NotNow(`The standby of ${edge.serial} cannot take over: it has failed.`);
    [edge.serial, edge.haSerial] = [edge.haSerial ?? edge.serial, edge.serial];
    events.add({ edge, at, name: "HA_GOING_ACTIVE", message: "High availability standby is going active" });
    if (edge.state === "OFFLINE") up(edge, at);
    standbyDown(edge, at);
    return true;
  }
  return { down, standbyDown, up, takeOver };
}

function lineChanges(events: EventLog) {
  const set = (failed: boolean) => (edge: Edge, link: Link, at: Date) => {
    if (link.failed === failed) return false;
    link.failed = failed;
    follow(events, { edge, link, at });
    return true;
  };
  const heal = (edge: Edge, link: Link, at: Date) => {
    const hadTrouble = link.trouble !== null;
    link.trouble = null;
    return set(false)(edge, link, at) || hadTrouble;
  };
  return { fail: set(true), heal };
}

/** Brings a link's state in line with its edge and itself, with the events of the change. */
function follow(events: EventLog, { edge, link, at }: { edge: Edge; link: Link; at: Date }): void {
  const state = edge.state === "OFFLINE" || link.failed ? "DISCONNECTED" : "STABLE";
  if (link.state === state) return;
  Object.assign(link, { state, since: at });
  if (state === "DISCONNECTED") {
    if (edge.state !== "OFFLINE")
      events.add({ edge, at, name: "EDGE_INTERFACE_DOWN", message: `Interface ${link.interface} is down` });
    events.add({ edge, at, name: "LINK_DEAD", message: `Link ${link.interface} is now DEAD` });
  } else {
    events.add({ edge, at, name: "EDGE_INTERFACE_UP", message: `Interface ${link.interface} is up` });
    events.add({ edge, at, name: "LINK_ALIVE", message: `Link ${link.interface} is no longer DEAD` });
  }
}

function isBroken(edge: Edge): boolean {
  return (
    edge.state === "OFFLINE" ||
    edge.haState === "FAILED" ||
    edge.links.some(({ failed, trouble }) => failed || trouble !== null)
  );
}

function withStandby(edge: Edge): Edge {
  if (edge.haSerial === null) throw new NotNow(`Edge ${edge.serial} has no standby.`);
  return edge;
}

function linkOf(edge: Edge, name: string): Link {
  const link = edge.links.find((candidate) => candidate.interface === name);
  if (link === undefined) throw new Unknown(`link of edge ${edge.serial} on interface`, name);
  return link;
}
