import { type HandlerReply, ok } from "@trunkline/bus";
import type { Edge, Link } from "../format/given.ts";
import type { Answers } from "./answers.ts";
import { edgesOn, present, type State } from "./state.ts";

/** What an Orchestrator says about edges and links. */
export function networkAnswers(state: State): Answers {
  return {
    "get.links.with.edge.info": ({ host }) =>
      ok(edgesOn(state, String(host)).flatMap(([serial, edge]) => linkRows(state, serial, edge))),
    "request.network.enterprise.edges": ({ host }) =>
      ok(
        edgesOn(state, String(host))
          .filter(([, { listed }]) => listed !== false)
          .map(([serial, edge]) => pairRow(serial, edge)),
      ),
    "alert.request.event.edge": (body) => events(state, body),
  };
}

type Placed = Edge & { readonly host: string };

function linkRows(state: State, serial: string, edge: Placed): object[] {
  const common = {
    host: edge.host,
    enterpriseName: edge.enterprise?.name ?? null,
    enterpriseId: edge.enterprise?.id ?? 1,
    edgeName: edge.name ?? null,
    edgeState: edge.state === undefined ? "CONNECTED" : edge.state,
    edgeId: edge.id ?? 1,
    edgeSerialNumber: serial,
    edgeHASerialNumber: edge.pair?.serial ?? null,
    edgeLastContact: edge.lastContact === undefined ? null : state.dateOf(edge.lastContact).toISOString(),
  };
  const links = present(edge.links);
  if (links.length === 0)
    return [{ ...common, interface: null, linkState: null, displayName: null, linkIpAddress: null }];
  return links.map(([name, link]) => ({ ...common, ...linkFields(name, link) }));
}

function linkFields(name: string, link: Link): object {
  return {
    interface: name,
    displayName: link.label ?? null,
    linkState: link.state === undefined ? "STABLE" : link.state,
    linkIpAddress: link.ip ?? null,
  };
}

function pairRow(serial: string, edge: Placed): object {
  return {
    host: edge.host,
    id: edge.id ?? 1,
    enterpriseId: edge.enterprise?.id ?? 1,
    serialNumber: serial,
    name: edge.name ?? null,
    edgeState: edge.state === undefined ? "CONNECTED" : edge.state,
    haState: edge.pair?.state ?? null,
    haSerialNumber: edge.pair?.serial ?? null,
  };
}

function events(state: State, body: Record<string, unknown>): HandlerReply {
  const {
    edge,
    start_date: start,
    end_date: end,
    filter,
  } = body as {
    edge: { host: string; edge_id: number; enterprise_id: number };
    start_date: string;
    end_date: string;
    filter?: readonly string[] | null;
  };
  const found = edgesOn(state, edge.host).filter(
    ([, { id, enterprise }]) => (id ?? 1) === edge.edge_id && (enterprise?.id ?? 1) === edge.enterprise_id,
  );
  const rows = found
    .flatMap(([, { events: all }]) => all ?? [])
    .map(({ event, at, category, message }) => ({
      event,
      category: category ?? (event.startsWith("EDGE") ? "EDGE" : "NETWORK"),
      eventTime: state.dateOf(at).toISOString(),
      message: message ?? null,
    }))
    .filter(({ event, eventTime }) => {
      const time = Date.parse(eventTime);
      return (filter?.includes(event) ?? true) && time >= momentOf(start) && time <= momentOf(end);
    })
    .sort((one, other) => Date.parse(other.eventTime) - Date.parse(one.eventTime));
  return ok(rows);
}

function momentOf(date: string): number {
  return new Date(date).getTime();
}
