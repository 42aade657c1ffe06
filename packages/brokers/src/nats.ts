import { randomUUID } from "node:crypto";
import programs from "../programs.json" with { type: "json" };
import type { ServerKind, ServerPlace } from "./server-kind.ts";
import { startServer } from "./start-server.ts";
import type { Broker, NatsOptions } from "./types.ts";

const mebibyte = 1024 * 1024;
/** A connection may hold several of the largest messages; the server's own default is this. */
const smallestMaxPending = 64 * mebibyte;

/** Starts a nats-server of our own. */
export function startNats(options: NatsOptions = {}): Promise<Broker> {
  return startServer(natsServer(options), options);
}

function natsServer({ jetStream = true, maxPayload, configuration = "", environment }: NatsOptions): ServerKind {
  const name = `trunkline-${randomUUID()}`;
  return {
    program: "nats-server",
    scheme: "nats",
    image: programs["nats-server"].image,
    environment,
    configuration: ({ host, port, dataFolder }: ServerPlace) =>
      [
        `server_name: "${name}"`,
        `host: "${host}"`,
        `port: ${port}`,
        // As in deployments: every request's answer has a subject of its own, which nobody looks up twice.
        "disable_sublist_cache: true",
        ...(jetStream ? [`jetstream { store_dir: ${JSON.stringify(dataFolder)} }`] : []),
        ...(maxPayload === undefined ? [] : payloadLimits(maxPayload)),
        configuration,
        "",
      ].join("\n"),
    arguments: (configFile) => ["--config", configFile],
    probe: () => ({ say: "", expect: [`"server_name":"${name}"`, ...(jetStream ? ['"jetstream":true'] : [])] }),
  };
}

function payloadLimits(maxPayload: number): string[] {
  return [`max_payload: ${maxPayload}`, `max_pending: ${Math.max(smallestMaxPending, 4 * maxPayload)}`];
}
