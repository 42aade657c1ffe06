import type { Hono } from "hono";
import { type Probe, reachability } from "../world/probes.ts";
import type { ControlParts } from "./control-parts.ts";

/** Probes: which there are, and what happens to them by themselves; their sites go dark with their edges. */
export function probeRoutes(api: Hono, { world: { probes } }: ControlParts): void {
  api.get("/api/probes", (context) => context.json(probes.all.map(probeView)));
  api.post("/api/probes/:serial/fail", (context) => context.json(probeView(probes.fail(context.req.param("serial")))));
  api.post("/api/probes/:serial/heal", (context) => context.json(probeView(probes.heal(context.req.param("serial")))));
}

function probeView(probe: Probe) {
  const { uid, serial, name, site } = probe;
  const { up, since } = reachability(probe);
  const edges = probe.edges.map((edge) => edge.serial);
  return { serial, uid, name, customer: site.customer.name, clientId: site.customer.id, edges, up, since };
}
