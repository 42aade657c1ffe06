import { type ClientRequestArgs, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Duplex } from "node:stream";
import { splitAddress, trustedAuthorities } from "@trunkline/third-party";

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
    super({ ...pool, ...(options.caFile === undefined ? {} : { ca: trustedAuthorities(options.caFile) }) });
    this.#options = options;
  }

  override createConnection(args: ClientRequestArgs, connected?: Connected): Duplex | null | undefined {
    const alias = this.#options.hostAliases[args.host ?? ""];
    const socket = super.createConnection(alias === undefined ? args : { ...args, ...splitAddress(alias) }, connected);
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
