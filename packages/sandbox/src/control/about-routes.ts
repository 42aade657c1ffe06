import type { Hono } from "hono";
import type { FaultKind } from "../faults/fault.ts";
import type { ControlParts } from "./control-parts.ts";

/** What this sandbox has, for clients that adapt to it. */
export interface About {
  /** Whether it knows of a NATS server, and so of services and traffic. */
  readonly nats: boolean;
  readonly systems: readonly { readonly name: string; readonly faultKinds: readonly FaultKind[] }[];
}

/** What there is here, and how a service gets at it. */
export function aboutRoutes(api: Hono, { nats, faultKinds, env, authority }: ControlParts): void {
  api.get("/api/about", (context) => {
    const systems = [...faultKinds].map(([name, kinds]) => ({ name, faultKinds: kinds }));
    return context.json({ nats: nats !== undefined, systems } satisfies About);
  });
  api.get("/api/authority", (context) =>
    context.body(authority, 200, { "content-type": "application/x-pem-file; charset=utf-8" }),
  );
  api.get("/api/environment/:service", (context) => context.json(env(context.req.param("service"))));
}
