import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { type Clock, systemClock } from "@trunkline/clock";
import { type Logger, pino } from "pino";
import { makeCertificates } from "./certificates.ts";
import { consolePages } from "./console/pages.ts";
import { controlApi } from "./control/api.ts";
import type { SandboxEvents } from "./control/sandbox-events.ts";
import { environmentOf } from "./environment.ts";
import { type FaultKind, smtpKinds } from "./faults/fault.ts";
import { createFaultList, type FaultList } from "./faults/fault-list.ts";
import { createFeed } from "./feed.ts";
import { close, listen } from "./listening.ts";
import { seededRandom } from "./random.ts";
import { allStandIns } from "./stand-ins/all.ts";
import { createCalls } from "./stand-ins/calls.ts";
import { smtpHost, startSmtp } from "./stand-ins/smtp.ts";
import type { StandInSettings } from "./stand-ins/stand-in.ts";
import { startThirdPartyServer } from "./stand-ins/third-party-server.ts";
import type { FleetOptions } from "./world/fleet.ts";
import { createWorld, type World } from "./world/world.ts";

export interface SandboxOptions {
  /** The world's time. @default the machine's */
  readonly clock?: Clock;
  /** The engine's NATS server, for its traffic and services. @default the sandbox shows neither */
  readonly natsUrl?: string;
  /** Port of the console and the control API. @default 0, any free one */
  readonly port?: number;
  /** @default 0 */
  readonly thirdPartyPort?: number;
  /** @default 0 */
  readonly smtpPort?: number;
  /** Interface to listen on. @default 127.0.0.1 */
  readonly hostname?: string;
  /** The same seed, fleet and clock make the same world. @default 1 */
  readonly seed?: number;
  readonly fleet?: FleetOptions;
  readonly settings?: StandInSettings;
  /** Told of the sandbox's own failures. @default JSON lines on stderr */
  readonly logger?: Logger;
}

export interface Sandbox {
  /** The web console, with the control API below `/api`. */
  readonly console: { readonly url: string; readonly port: number };
  /** One HTTPS listener for all third parties, told apart by their host names. */
  readonly thirdParty: { readonly port: number; readonly caFile: string };
  readonly smtp: { readonly port: number };
  /** The variables that a service needs to talk to the stand-ins instead of the real third parties. */
  env(service: string): Record<string, string>;
  readonly world: World;
  readonly faults: FaultList;
  stop(): Promise<void>;
}

/** What the desk's API user is called in Bruin. */
const API_USER = "Trunkline Automation";

/** Starts stand-ins of all third parties over one world, and the console that shows and drives it. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { clock = systemClock, seed = 1, hostname = "127.0.0.1", logger = ownLogger() } = options;
  await using started = new AsyncDisposableStack();
  const world = createWorld({ clock, seed, fleet: options.fleet ?? {}, apiUser: API_USER });
  const feed = createFeed<SandboxEvents>();
  const faults = createFaultList((list) => feed.emit("fault", list));
  const calls = createCalls(clock, (call) => feed.emit("call", call));
  const standIns = allStandIns({ world, random: seededRandom(seed + 2), settings: options.settings ?? {} });

  const hosts = standIns.flatMap((standIn) => standIn.hosts);
  const certificates = await makeCertificates([...hosts, smtpHost]);
  started.defer(() => certificates.remove());
  const place = { port: options.thirdPartyPort ?? 0, hostname };
  const server = await startThirdPartyServer({ standIns, certificates, faults, calls, logger, ...place });
  started.defer(() => server.stop());
  const { messages } = world;
  const smtp = await startSmtp({ certificates, messages, faults, calls, port: options.smtpPort ?? 0, hostname });
  started.defer(() => smtp.stop());

  const faultKinds = new Map<string, readonly FaultKind[]>(standIns.map((each) => [each.system, each.faultKinds]));
  faultKinds.set("smtp", smtpKinds);
  const control = controlApi({ world, faults, calls, feed, logger, faultKinds, nats: undefined }).route(
    "/",
    consolePages(),
  );
  const respond = getRequestListener(control.fetch);
  const web = createServer((incoming, outgoing) => void respond(incoming, outgoing));
  const port = await listen(web, { port: options.port ?? 0, hostname });
  started.defer(() => close(web));

  const addresses = {
    address: hostname === "0.0.0.0" ? "127.0.0.1" : hostname,
    thirdPartyPort: server.port,
    smtpPort: smtp.port,
    caFile: certificates.caFile,
  };
  const running = started.move();
  return {
    console: { url: `http://${hostname}:${port}`, port },
    thirdParty: { port: server.port, caFile: certificates.caFile },
    smtp: { port: smtp.port },
    env: (service) => environmentOf(service, standIns, addresses),
    world,
    faults,
    stop: () => running.disposeAsync(),
  };
}

/** Standard output may belong to whoever runs the sandbox, so failures go to standard error. */
function ownLogger(): Logger {
  return pino({ name: "sandbox", level: "warn" }, pino.destination(2));
}
