import type { Context, Hono } from "hono";
import { z } from "zod";
import type { ControlParts } from "./control-parts.ts";
import { bodyOf, numberParam } from "./request.ts";

/** `tunnelShare`: it stays up with that part of its tunnels; without it, it goes offline. */
const failRequest = z.strictObject({ tunnelShare: z.number().min(0).max(1).optional() });

/** Gateways of the Orchestrators, and what happens to them. */
export function gatewayRoutes(api: Hono, { world: { gateways } }: ControlParts): void {
  const named = (context: Context): [string, number] => [context.req.param("host") ?? "", numberParam(context, "id")];

  api.get("/api/gateways", (context) => context.json(gateways.list()));
  api.post("/api/gateways/:host/:id/fail", async (context) => {
    const { tunnelShare } = await bodyOf(context, failRequest);
    const [host, id] = named(context);
    return context.json(
      tunnelShare === undefined ? gateways.fail(host, id) : gateways.loseTunnels(host, id, tunnelShare),
    );
  });
  api.post("/api/gateways/:host/:id/heal", (context) => context.json(gateways.heal(...named(context))));
}
