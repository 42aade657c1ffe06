import { createServer, type Server } from "node:https";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "pino";
import type { Certificates } from "../certificates.ts";
import type { FaultList } from "../faults/fault-list.ts";
import { injectFaults } from "../faults/inject-faults.ts";
import { asListener, close, listen } from "../listening.ts";
import { type Calls, recordCalls } from "./calls.ts";
import { hostOf } from "./host-header.ts";
import type { StandIn } from "./stand-in.ts";

export interface ThirdPartyServerOptions {
  readonly standIns: readonly StandIn[];
  readonly certificates: Certificates;
  readonly faults: FaultList;
  readonly calls: Calls;
  readonly logger: Logger;
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostname: string;
}

export interface ThirdPartyServer {
  readonly port: number;
  stop(): Promise<void>;
}

const MOST_BODY_BYTES = 8 * 1_024 * 1_024;

/** One HTTPS listener for all third parties: the Host header says whom the caller means. */
export async function startThirdPartyServer(options: ThirdPartyServerOptions): Promise<ThirdPartyServer> {
  const byHost = new Map(options.standIns.flatMap((standIn) => standIn.hosts.map((host) => [host, mount(standIn)])));

  function mount({ system, app, expireSessions }: StandIn): Hono<{ Bindings: HttpBindings }> {
    const outer = new Hono<{ Bindings: HttpBindings }>();
    outer.use(recordCalls(options.calls, system));
    outer.use(bodyLimit({ maxSize: MOST_BODY_BYTES }));
    outer.use(injectFaults({ faults: options.faults, system, expireSessions }));
    outer.onError((error, context) => {
      options.logger.error({ err: error, system }, "a stand-in failed");
      return context.json({ error: "The stand-in failed; the sandbox's log says why." }, 500);
    });
    return outer.route("/", app);
  }

  const { key, cert } = options.certificates;
  const listener = asListener((request, env) => {
    const standIn = byHost.get(hostOf(request));
    if (standIn !== undefined) return standIn.fetch(request, env);
    return Response.json({ error: `Nobody here goes by the name ${hostOf(request)}.` }, { status: 421 });
  });
  const server: Server = createServer({ key, cert }, listener);
  return { port: await listen(server, options), stop: () => close(server) };
}
