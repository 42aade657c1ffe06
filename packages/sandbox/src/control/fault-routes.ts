import type { Hono } from "hono";
import { z } from "zod";
import { WorldError } from "../errors.ts";
import { faultKinds } from "../faults/fault.ts";
import type { ControlParts } from "./control-parts.ts";
import { bodyOf } from "./request.ts";

const LONGEST_DELAY_MS = 600_000;

const newFault = z.strictObject({
  system: z.string(),
  kind: z.enum(faultKinds),
  host: z.string().optional(),
  path: z.string().optional(),
  method: z.string().toUpperCase().optional(),
  times: z.int().min(1).optional(),
  delayMs: z.int().min(0).max(LONGEST_DELAY_MS).optional(),
  retryAfterSeconds: z.int().min(0).optional(),
  when: z.enum(["before", "after"]).optional(),
});

/** Makes third parties misbehave, and lets them behave again. */
export function faultRoutes(api: Hono, { faults, faultKinds: kindsOf }: ControlParts): void {
  api.get("/api/faults", (context) => context.json(faults.list()));
  api.post("/api/faults", async (context) => {
    const fault = await bodyOf(context, newFault);
    const kinds = kindsOf.get(fault.system);
    if (kinds === undefined) throw new WorldError(400, `system must be one of ${[...kindsOf.keys()].join(", ")}.`);
    if (!kinds.includes(fault.kind)) {
      throw new WorldError(400, `kind must be one of ${kinds.join(", ")} for ${fault.system}.`);
    }
    return context.json(faults.add(fault), 201);
  });
  api.delete("/api/faults", (context) => {
    faults.removeAll();
    return context.json([]);
  });
  api.delete("/api/faults/:id", (context) => context.json(faults.remove(context.req.param("id"))));
}
