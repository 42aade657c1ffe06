import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type ConnectionOptions, connect, Events, type NatsConnection, type Status, type TlsOptions } from "nats";
import type { Logger } from "pino";
import { CannotConnectError } from "./errors.ts";

const FIRST_RECONNECT_MS = 250;
const SLOWEST_RECONNECT_MS = 2_000;
// Servers before 2.2 know no headers; the limit is the server's default until it has told its own.
const DEFAULT_MAX_PAYLOAD = 1_048_576;

export interface LinkOptions {
  /** `nats://[user:password@]host[:port]`, one or several. */
  readonly servers: string | readonly string[];
  /** Name of the service: the connection's name and part of its inbox prefix. */
  readonly service: string;
  readonly logger: Logger;
  readonly connectWithinMs: number;
  readonly tls?: TlsOptions | undefined;
}

/** The one connection to NATS and what is known about it now. */
export interface Link {
  readonly nc: NatsConnection;
  readonly connected: boolean;
  /** Bytes of headers and payload together that the server takes. */
  readonly maxPayload: number;
  /** Whether the server passes headers on (2.2 and newer). */
  readonly hasHeaders: boolean;
  /** `lost` and `restored`: the connection; `forbidden`: the server refused a publish to this subject. */
  readonly events: EventEmitter<LinkEvents>;
  /** Resolves to true as soon as the connection is up, to false when it is not by then or never will be. */
  whenConnected(deadline: number): Promise<boolean>;
  close(): Promise<void>;
}

type LinkEvents = { lost: []; restored: []; forbidden: [subject: string]; closed: [] };

/**
 * Connects, and reconnects for ever once it has been connected.
 *
 * @throws CannotConnectError when no server answers within `connectWithinMs`
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  const { service, logger } = options;
  let lostAt = 0;
  const nc = await connectWithin(options, () => reconnectDelay(Date.now() - lostAt));
  const events = new EventEmitter<LinkEvents>();
  events.setMaxListeners(0);
  let connected = true;
  let { maxPayload, hasHeaders } = limitsOf(nc);

  const observe = (status: Status) => {
    if (status.type === Events.Disconnect && connected) {
      connected = false;
      lostAt = Date.now();
      logger.warn({ service, server: status.data }, "NATS connection lost");
      events.emit("lost");
    } else if (status.type === Events.Reconnect) {
      connected = true;
      ({ maxPayload, hasHeaders } = limitsOf(nc));
      logger.info({ service, server: status.data, afterMs: Date.now() - lostAt }, "NATS connection restored");
      events.emit("restored");
    } else if (status.type === Events.Error) {
      const { permissionContext: refused } = status;
      logger.error({ service, code: status.data, refused }, "NATS reported an error");
      if (refused?.operation === "publish") events.emit("forbidden", refused.subject);
    }
  };
  void watch(nc, observe);
  void nc.closed().then((error) => {
    connected = false;
    if (error) logger.error({ service, err: error }, "NATS connection closed for good");
    events.emit("closed");
  });

  return {
    nc,
    events,
    get connected() {
      return connected;
    },
    get maxPayload() {
      return maxPayload;
    },
    get hasHeaders() {
      return hasHeaders;
    },
    whenConnected: (deadline) => (connected ? Promise.resolve(true) : waitForLink(events, deadline)),
    close: () => nc.close(),
  };
}

async function watch(nc: NatsConnection, observe: (status: Status) => void): Promise<void> {
  for await (const status of nc.status()) observe(status);
}

function limitsOf(nc: NatsConnection): { maxPayload: number; hasHeaders: boolean } {
  return { maxPayload: nc.info?.max_payload ?? DEFAULT_MAX_PAYLOAD, hasHeaders: nc.info?.headers === true };
}

function waitForLink(events: EventEmitter<LinkEvents>, deadline: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (isUp: boolean) => {
      clearTimeout(timer);
      events.off("restored", restored).off("closed", closed);
      resolve(isUp);
    };
    const restored = () => settle(true);
    const closed = () => settle(false);
    const timer = setTimeout(closed, Math.max(0, deadline - Date.now()));
    events.once("restored", restored).once("closed", closed);
  });
}

/** The client's own wait for a first connection has no end, so the attempts are made here. */
async function connectWithin(options: LinkOptions, reconnectDelayHandler: () => number): Promise<NatsConnection> {
  const startedAt = Date.now();
  const settings = { ...connectionOptions(options), reconnectDelayHandler };
  for (;;) {
    try {
      return await connect(settings);
    } catch (error) {
      const elapsed = Date.now() - startedAt;
      const delay = reconnectDelay(elapsed);
      if (elapsed + delay > options.connectWithinMs) throw new CannotConnectError(safeNames(options.servers), error);
      options.logger.warn({ service: options.service, err: error }, "NATS is not there yet");
      await sleep(delay);
    }
  }
}

function connectionOptions({ servers, service, tls }: LinkOptions): ConnectionOptions {
  const urls = [servers].flat().map(urlOf);
  const first = urls[0];
  return {
    servers: urls.map((url) => url.host),
    name: service,
    // Replies are private: with one prefix for each service, permissions can keep others from listening.
    inboxPrefix: `_INBOX.${service}`,
    // A stack trace for each request halves the throughput; subject and request id are in our errors and logs.
    noAsyncTraces: true,
    maxReconnectAttempts: -1,
    timeout: 5_000,
    // Finds a peer that is gone without a word within half a minute.
    pingInterval: 10_000,
    maxPingOut: 2,
    ...(first?.username ? { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) } : {}),
    ...(tls ? { tls } : {}),
  };
}

function urlOf(server: string): URL {
  return new URL(server.includes("://") ? server : `nats://${server}`);
}

/** The servers without what may be a password. */
function safeNames(servers: string | readonly string[]): string {
  return [servers]
    .flat()
    .map((server) => urlOf(server).host)
    .join(", ");
}

/** Quick at first, calmer as the outage lasts, and never at the same moment as all the other services. */
function reconnectDelay(outageMs: number): number {
  const delay = Math.min(SLOWEST_RECONNECT_MS, FIRST_RECONNECT_MS + outageMs / 4);
  return delay * (0.75 + Math.random() / 2);
}
