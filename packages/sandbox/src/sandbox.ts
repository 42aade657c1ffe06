import { createServer } from "node:http";
import { type Clock, systemClock } from "@trunkline/clock";
import { type Logger, pino } from "pino";
import { makeCertificates } from "./certificates.ts";
import { coalesce } from "./coalesce.ts";
import { consolePages } from "./console/pages.ts";
import { controlApi } from "./control/api.ts";
import type { NatsView } from "./control/nats-view.ts";
import type { SandboxEvents } from "./control/sandbox-events.ts";
import { environmentOf } from "./environment.ts";
import { type FaultKind, grpcKinds, imapKinds, smtpKinds } from "./faults/fault.ts";
import { createFaultList, type FaultList } from "./faults/fault-list.ts";
import { createFeed } from "./feed.ts";
import { asListener, close, listen } from "./listening.ts";
import { type NatsViewOptions, startNatsView } from "./nats/start-nats-view.ts";
import { seededRandom } from "./random.ts";
import { allStandIns } from "./stand-ins/all.ts";
import { createCalls } from "./stand-ins/calls.ts";
import { imapHost, mailAccounts, startImap } from "./stand-ins/imap.ts";
import { smtpHost, startSmtp } from "./stand-ins/smtp.ts";
import type { StandIn, StandInSettings } from "./stand-ins/stand-in.ts";
import { startT7, t7Host } from "./stand-ins/t7/t7.ts";
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
  /** @default 0 */
  readonly imapPort?: number;
  /** @default 0 */
  readonly t7Port?: number;
  /** Where the sandbox passes services on to NATS. @default 0 */
  readonly natsPort?: number;
  /** Interface to listen on. @default 127.0.0.1 */
  readonly hostname?: string;
  /** Where services reach the sandbox. @default `hostname`, or this machine when it listens on all interfaces */
  readonly address?: string;
  /** Where the authority's certificate is put, as `ca.pem`. @default a temporary folder */
  readonly authorityFolder?: string;
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
  readonly imap: { readonly port: number };
  readonly t7: { readonly port: number };
  /** Where services connect to NATS so that the console shows their traffic; undefined without `natsUrl`. */
  readonly nats: { readonly url: string } | undefined;
  /** The variables that a service needs to talk to the stand-ins instead of the real third parties. */
  env(service: string): Record<string, string>;
  readonly world: World;
  readonly faults: FaultList;
  stop(): Promise<void>;
}

const FAULT_NEWS_MS = 50;

/** What the desk's API user is called in Bruin. */
export const API_USER = "Trunkline Automation";

/**
 * Starts stand-ins of all third parties over one world, and the console that shows and drives it.
 *
 * @throws CannotConnectError of the bus when `natsUrl` does not answer within half a minute
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { clock = systemClock, seed = 1, hostname = "127.0.0.1", logger = ownLogger() } = options;
  await using started = new AsyncDisposableStack();
  const world = createWorld({ clock, seed, fleet: options.fleet ?? {}, apiUser: API_USER, mailAccounts });
  const feed = createFeed<SandboxEvents>();
  // A fault that every call hits changes as often as calls come.
  const faults: FaultList = createFaultList(coalesce(() => feed.emit("fault", faults.list()), FAULT_NEWS_MS));
  const calls = createCalls(clock, (call) => feed.emit("call", call));
  const standIns = allStandIns({ world, random: seededRandom(seed + 2), settings: options.settings ?? {} });

  const hosts = [...standIns.flatMap((standIn) => standIn.hosts), smtpHost, imapHost, t7Host];
  const certificates = await makeCertificates(hosts, options.authorityFolder);
  started.defer(() => certificates.remove());
  const shared = { certificates, faults, calls, logger, hostname };
  const thirdParty = await startThirdPartyServer({ ...shared, standIns, port: options.thirdPartyPort ?? 0 });
  started.defer(() => thirdParty.stop());
  const { messages, mailboxes } = world;
  const smtp = await startSmtp({ ...shared, messages, mailboxes, port: options.smtpPort ?? 0 });
  started.defer(() => smtp.stop());
  const imap = await startImap({
    ...shared,
    mailboxes,
    uidLast: options.settings?.imapUidLast,
    port: options.imapPort ?? 0,
  });
  started.defer(() => imap.stop());
  const t7 = await startT7({ ...shared, world, port: options.t7Port ?? 0 });
  started.defer(() => t7.stop());
  const nats = await natsViewOf(options, { clock, hostname, logger, onTraffic: (each) => feed.emit("nats", each) });
  started.defer(() => nats?.stop());

  // An address to listen on everywhere is none to connect to.
  const here = hostname === "0.0.0.0" ? "127.0.0.1" : hostname;
  const { address = here } = options;
  const { authority, caFile } = certificates;
  const ports = { thirdPartyPort: thirdParty.port, smtpPort: smtp.port, imapPort: imap.port, t7Port: t7.port };
  const addresses = { address, ...ports, caFile, natsUrl: nats && withHost(nats.url, address) };
  const env = (service: string) => environmentOf(service, standIns, addresses);

  const faultKinds = faultKindsOf(standIns);
  const control = controlApi({ world, faults, calls, feed, logger, env, authority, faultKinds, nats });
  const web = createServer(asListener(control.route("/", consolePages()).fetch));
  const port = await listen(web, { port: options.port ?? 0, hostname });
  started.defer(() => close(web));

  const running = started.move();
  return {
    console: { url: `http://${here}:${port}`, port },
    thirdParty: { port: thirdParty.port, caFile },
    smtp: { port: smtp.port },
    imap: { port: imap.port },
    t7: { port: t7.port },
    nats: nats === undefined ? undefined : { url: nats.url },
    env,
    world,
    faults,
    stop: () => running.disposeAsync(),
  };
}

/** Standard output may belong to whoever runs the sandbox, so failures go to standard error. */
function ownLogger(): Logger {
  return pino({ name: "sandbox", level: "warn" }, pino.destination(2));
}

async function natsViewOf(
  { natsUrl, natsPort = 0 }: SandboxOptions,
  parts: Omit<NatsViewOptions, "server" | "port">,
): Promise<NatsView | undefined> {
  return natsUrl === undefined ? undefined : startNatsView({ ...parts, server: natsUrl, port: natsPort });
}

function withHost(address: string, host: string): string {
  const url = new URL(address);
  url.hostname = host;
  return url.href;
}

function faultKindsOf(standIns: readonly StandIn[]): ReadonlyMap<string, readonly FaultKind[]> {
  const kinds = standIns.map(({ system, faultKinds }) => [system, faultKinds] as const);
  return new Map<string, readonly FaultKind[]>([...kinds, ["smtp", smtpKinds], ["imap", imapKinds], ["t7", grpcKinds]]);
}
