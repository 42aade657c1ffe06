import { z } from "zod";
import type { EventName, NetworkEvent } from "../../world/event-log.ts";
import { interval } from "./interval.ts";
import { customerOf, edgeOf, type Method, parsed, VcoError } from "./method.ts";

const request = z.object({
  enterpriseId: z.int(),
  edgeId: z.array(z.int()).nullish(),
  interval,
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
  const { enterpriseId, edgeId, interval: wanted, filter } = parsed(request, body);
  const customer = customerOf(world, host, enterpriseId);
  const edges = edgeId == null ? world.network.edgesOf(enterpriseId) : edgeId.map((id) => edgeOf(world, customer, id));
  const limit = filter?.limit ?? DEFAULT_LIMIT;
  const rules = filter?.rules ?? [];
  const found = world.events
    .between(edges, wanted.start, wanted.end ?? world.clock.now())
    .filter((event) => rules.every((rule) => satisfies(event, rule)));
  return { metaData: { limit, more: found.length > limit }, data: found.slice(0, limit).map(eventObject) };
};

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
