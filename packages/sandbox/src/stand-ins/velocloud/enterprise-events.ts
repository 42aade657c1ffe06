import { z } from "zod";
import type { EventName, NetworkEvent } from "../../world/event-log.ts";
import type { Edge } from "../../world/model.ts";
import type { World } from "../../world/world.ts";
import { customerOf, type Method, parsed, VcoError } from "./method.ts";

const moment = z.union([z.string(), z.number()]).transform((value, context) => {
  const date = new Date(value);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue({ code: "custom", message: "expected a date" });
  return z.NEVER;
});

const request = z.object({
  enterpriseId: z.int(),
  edgeId: z.array(z.int()).nullish(),
  interval: z.object({ start: moment, end: moment.nullish() }),
  filter: z
    .object({
      limit: z.int().min(0).nullish(),
      rules: z.array(z.object({ field: z.string(), op: z.string(), values: z.array(z.string()) })).nullish(),
    })
    .nullish(),
});
type Rule = NonNullable<NonNullable<z.output<typeof request>["filter"]>["rules"]>[number];

const DEFAULT_LIMIT = 2_048;

/** `event/getEnterpriseEvents`: what happened to an enterprise, or to some of its edges; newest first. */
export const enterpriseEvents: Method = (world, host, body) => {
  const { enterpriseId, edgeId, interval, filter } = parsed(request, body);
  customerOf(world, host, enterpriseId);
  const edges = edgeId == null ? world.network.edgesOf(enterpriseId) : edgesById(world, enterpriseId, edgeId);
  const limit = filter?.limit ?? DEFAULT_LIMIT;
  const rules = filter?.rules ?? [];
  const found = world.events
    .between(edges, interval.start, interval.end ?? world.clock.now())
    .filter((event) => rules.every((rule) => satisfies(event, rule)));
  return { metaData: { limit, more: found.length > limit }, data: found.slice(0, limit).map(eventObject) };
};

function edgesById(world: World, enterpriseId: number, ids: readonly number[]): Edge[] {
  return ids.map((id) => {
    const edge = world.network.edgeById(id);
    if (edge?.customer.enterpriseId !== enterpriseId) throw new VcoError("edgeId");
    return edge;
  });
}

/** No values mean no restriction. */
function satisfies(event: NetworkEvent, { field, op, values }: Rule): boolean {
  if (values.length === 0) return true;
  const actual = fieldOf(event, field);
  switch (op) {
    case "is":
    case "in":
      return values.includes(actual);
    case "is not":
    case "isNot":
    case "notIn":
      return !values.includes(actual);
    case "contains":
      return values.some((value) => actual.includes(value));
    case "startsWith":
      return values.some((value) => actual.startsWith(value));
    default:
      throw new VcoError("filter.rules.op");
  }
}

function fieldOf(event: NetworkEvent, field: string): string {
  switch (field) {
    case "event":
      return event.name;
    case "edgeName":
      return event.edge.name;
    case "severity":
      return kinds[event.name].severity;
    case "message":
      return event.message;
    default:
      throw new VcoError("filter.rules.field");
  }
}

const kinds: Readonly<Record<EventName, { category: string; severity: string }>> = {
  EDGE_UP: { category: "EDGE", severity: "INFO" },
  EDGE_DOWN: { category: "EDGE", severity: "ALERT" },
  LINK_ALIVE: { category: "NETWORK", severity: "INFO" },
  LINK_DEAD: { category: "NETWORK", severity: "ALERT" },
  EDGE_INTERFACE_UP: { category: "SYSTEM", severity: "INFO" },
  EDGE_INTERFACE_DOWN: { category: "SYSTEM", severity: "WARNING" },
  HA_FAILED: { category: "SYSTEM", severity: "CRITICAL" },
  HA_READY: { category: "SYSTEM", severity: "INFO" },
  HA_GOING_ACTIVE: { category: "SYSTEM", severity: "CRITICAL" },
};

function eventObject({ id, at, name, message, edge }: NetworkEvent) {
  return {
    id,
    eventTime: at.toISOString(),
    event: name,
    ...kinds[name],
    message,
    detail: "",
    enterpriseUsername: "",
    edgeName: edge.name,
    segmentName: null,
  };
}
