import { readFileSync } from "node:fs";
import { type ClientRequestArgs, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP } from "node:net";
import type { Duplex } from "node:stream";
import { getCACertificates } from "node:tls";

/** Below the shortest idle limit that servers commonly have (5 s), so that we are the ones to close. */
const IDLE_MS = 4_000;

export interface ConnectionOptions {
  readonly hostAliases: Readonly<Record<string, string>>;
  readonly caFile: string | undefined;
  readonly connectTimeoutMs: number;
  readonly maxSockets: number;
}

type Connected = (error: Error | null, stream: Duplex) => void;

/** Connections to third parties: kept alive, bounded in number and in the time they take to stand. */
export function createAgent(protocol: string, options: ConnectionOptions): HttpAgent {
  const pool = { keepAlive: true, maxSockets: options.maxSockets, timeout: IDLE_MS };
  return protocol === "https:" ? new AliasingAgent(pool, options) : new HttpAgent(pool);
}

/** Connects where an alias says; the server name that TLS sends and checks stays the third party's. */
class AliasingAgent extends HttpsAgent {
  readonly #options: ConnectionOptions;

  constructor(pool: { keepAlive: boolean; maxSockets: number; timeout: number }, options: ConnectionOptions) {
    super({ ...pool, ...(options.caFile === undefined ? {} : { ca: trusted(options.caFile) }) });
    this.#options = options;
  }

  override createConnection(args: ClientRequestArgs, connected?: Connected): Duplex | null | undefined {
    const alias = this.#options.hostAliases[args.host ?? ""];
    const socket = super.createConnection(alias === undefined ? args : { ...args, ...address(alias) }, connected);
    if (socket) limitConnect(socket, this.#options.connectTimeoutMs);
    return socket;
  }
}

function limitConnect(socket: Duplex, milliseconds: number): void {
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error("no connection in time"), { code: "ETIMEDOUT" }));
  }, milliseconds);
  const stop = () => clearTimeout(timer);
  socket.once("secureConnect", stop).once("close", stop);
}

function address(alias: string): { host: string; port: number } {
  const colon = alias.lastIndexOf(":");
  const host = alias.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  return { host, port: Number(alias.slice(colon + 1)) };
}

function trusted(caFile: string): string[] {
  return [...getCACertificates("default"), readFileSync(caFile, "utf8")];
}

/** Whether a name stands for this machine, where plain HTTP cannot be overheard. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}
