import type { HttpBindings } from "@hono/node-server";
import type { Clock } from "@trunkline/clock";
import type { MiddlewareHandler } from "hono";
import { ringBuffer } from "../ring-buffer.ts";
import { hostOf } from "./host-header.ts";

/** A request that a stand-in received. */
export interface Call {
  /** ISO 8601. */
  readonly at: string;
  readonly system: string;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  /** 0 when the connection ended before the answer did. */
  readonly status: number;
  readonly ms: number;
}

const KEPT = 5_000;

export interface Calls {
  add(call: Omit<Call, "at">): void;
  /** Oldest first. */
  list(system?: string): Call[];
}

export function createCalls(clock: Clock, onCall: (call: Call) => void): Calls {
  const kept = ringBuffer<Call>(KEPT);
  return {
    add(call) {
      const added = { ...call, at: clock.now().toISOString() };
      kept.add(added);
      onCall(added);
    },
    list: (system) => kept.items().filter((call) => system === undefined || call.system === system),
  };
}

/** Writes down every request when its connection has done with it, however it ended. */
export function recordCalls(calls: Calls, system: string): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async function recorded({ req, env: { outgoing } }, next) {
    const start = performance.now();
    const { pathname, search } = new URL(req.url);
    outgoing.once("close", () => {
      const status = outgoing.writableFinished ? outgoing.statusCode : 0;
      const ms = Math.round(performance.now() - start);
      calls.add({ system, host: hostOf(req.raw), method: req.method, path: pathname + search, status, ms });
    });
    await next();
  };
}
