import type { Hono } from "hono";
import { z } from "zod";
import type { Edge } from "../world/model.ts";
import { edgeView } from "../world/views.ts";
import type { ControlParts } from "./control-parts.ts";
import { bodyOf } from "./request.ts";

/** `site`: everything goes dark; `unit`: the unit at work stops before its standby takes over; `standby`: only that. */
const failRequest = z.object({ scope: z.enum(["site", "unit", "standby"]).default("site") });

const percent = z.number().min(0).max(100).optional();
const troubleRequest = z
  .strictObject({
    latencyMs: z.number().min(0).optional(),
    jitterMs: z.number().min(0).optional(),
    lossPct: percent,
    usedPct: percent,
  })
  .refine((trouble) => Object.keys(trouble).length > 0, "one of latencyMs, jitterMs, lossPct and usedPct is needed");

/** Edges and links: what they are, and what happens to them. */
export function networkRoutes(api: Hono, { world: { clock, network, gateways, events, desk } }: ControlParts): void {
  const view = (edge: Edge) => edgeView(edge, desk);

  api.get("/api/world", (context) => {
    const { customers, edges } = network.fleet;
    return context.json({
      now: clock.now().toISOString(),
      customers: customers.map(({ id, name, host, enterpriseId }) => ({ id, name, host, enterpriseId })),
      edges: edges.map(view),
    });
  });
  api.get("/api/edges/:serial", (context) => context.json(view(network.edge(context.req.param("serial")))));
  api.get("/api/edges/:serial/events", (context) => {
    const edge = network.edge(context.req.param("serial"));
    return context.json(
      events.between([edge], new Date(0), clock.now()).map(({ id, at, name, message }) => ({ id, at, name, message })),
    );
  });
  api.post("/api/edges/:serial/fail", async (context) => {
    const { scope } = await bodyOf(context, failRequest);
    const fail = { site: network.failEdge, unit: network.failUnit, standby: network.failStandby }[scope];
    return context.json(view(fail(context.req.param("serial"))));
  });
  api.post("/api/edges/:serial/heal", (context) => context.json(view(network.healEdge(context.req.param("serial")))));
  api.post("/api/edges/:serial/failover", (context) =>
    context.json(view(network.failover(context.req.param("serial")))),
  );
  api.post("/api/edges/:serial/links/:interface/fail", (context) => {
    const { serial, interface: name } = context.req.param();
    return context.json(view(network.failLink(serial, name)));
  });
  api.post("/api/edges/:serial/links/:interface/heal", (context) => {
    const { serial, interface: name } = context.req.param();
    return context.json(view(network.healLink(serial, name)));
  });
  api.post("/api/edges/:serial/links/:interface/trouble", async (context) => {
    const { serial, interface: name } = context.req.param();
    return context.json(view(network.troubleLink(serial, name, await bodyOf(context, troubleRequest))));
  });
  api.post("/api/heal", (context) => {
    gateways.healAll();
    return context.json({ healed: network.healAll().map(({ serial }) => serial) });
  });
}
