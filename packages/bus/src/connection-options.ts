import type { ConnectionOptions, TlsOptions } from "nats";

const FIRST_RECONNECT_MS = 250;
const SLOWEST_RECONNECT_MS = 2_000;

/** Who somebody is to a broker. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface ServerOptions {
  /** `nats://[user:password@]host[:port]` or `tls://…`, one or several. */
  readonly servers: string | readonly string[];
  /** Where the URLs name no user. */
  readonly credentials?: Credentials | undefined;
  /** Name of the service: the connection's name and part of its inbox prefix. */
  readonly service: string;
  readonly tls?: TlsOptions | undefined;
}

/** What the client is told; how long to wait between attempts to reconnect comes on top. */
export function connectionOptions({ servers, credentials, service, tls }: ServerOptions): ConnectionOptions {
  const urls = urlsOf(servers);
  const known = credentialsIn(urls[0]) ?? credentials;
  // The client is told hosts only, so what else a URL says is handed over by other options.
  const isEncrypted = tls !== undefined || urls.some((url) => url.protocol === "tls:");
  return {
    servers: urls.map((url) => url.host),
    name: service,
    inboxPrefix: inboxPrefix(service),
    // A stack trace for each request halves the throughput; subject and request id are in our errors and logs.
    noAsyncTraces: true,
    maxReconnectAttempts: -1,
    // A password that is being changed must not leave a service behind that never connects again.
    ignoreAuthErrorAbort: true,
    timeout: 5_000,
    // Finds a peer that is gone without a word within half a minute.
    pingInterval: 10_000,
    maxPingOut: 2,
    ...(known === undefined ? {} : { user: known.user, pass: known.password }),
    ...(isEncrypted ? { tls: tls ?? {} } : {}),
  };
}

function credentialsIn(url: URL | undefined): Credentials | undefined {
  if (url === undefined || url.username === "") return undefined;
  return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}

/** Replies are private: with one prefix for each service, permissions can keep others from listening. */
export function inboxPrefix(service: string): string {
  return `_INBOX.${service}`;
}

/** The servers without what may be a password. */
export function serverNames(servers: string | readonly string[]): string {
  return urlsOf(servers)
    .map((url) => url.host)
    .join(", ");
}

/** Quick at first, calmer as the outage lasts, and never at the same moment as all the other services. */
export function reconnectDelay(outageMs: number, random: () => number = Math.random): number {
  const delay = Math.min(SLOWEST_RECONNECT_MS, FIRST_RECONNECT_MS + outageMs / 4);
  return delay * (0.75 + random() / 2);
}

function urlsOf(servers: string | readonly string[]): URL[] {
  return [servers].flat().map((server) => new URL(server.includes("://") ? server : `nats://${server}`));
}
