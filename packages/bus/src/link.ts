import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { connect, Events, type NatsConnection, type ServersChanged, type Status } from "nats";
import type { Logger } from "pino";
import { connectionOptions, reconnectDelay, type ServerOptions, serverNames } from "./connection-options.ts";
import { CannotConnectError } from "./errors.ts";
import type { OutgoingText } from "./frames.ts";
import { createSender, type Sender } from "./sender.ts";

// Servers before 2.2 know no headers; the limit is the server's default until it has told its own.
const DEFAULT_MAX_PAYLOAD = 1_048_576;
// A timer cannot wait longer.
const LONGEST_WAIT_MS = 2 ** 31 - 1;
/** After NATS or a server of its cluster was lost, by when everybody is back: longer than between two attempts. */
export const SETTLING_MS = 3_000;

export interface LinkOptions extends ServerOptions {
  readonly logger: Logger;
  readonly connectWithinMs: number;
}

/** `lost` and `restored`: the connection; `forbidden`: the server refused a publish to this subject. */
type LinkEvents = { lost: []; restored: []; forbidden: [subject: string]; closed: [] };

/**
 * Connects, and reconnects for ever once it has been connected.
 *
 * @throws CannotConnectError when no server answers within `connectWithinMs`
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  // How long the wait between attempts is follows from how long the connection has been down.
  let link: Link | undefined;
  const nc = await connectWithin(options, () => reconnectDelay(link?.lostForMs ?? 0));
  link = new Link(nc, options.logger);
  return link;
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
      if (elapsed + delay > options.connectWithinMs) throw new CannotConnectError(serverNames(options.servers), error);
      options.logger.warn({ err: error }, "NATS is not there yet");
      await sleep(delay);
    }
  }
}

/** The one connection to NATS and what is known about it now. */
export class Link {
  readonly nc: NatsConnection;
  readonly events = new EventEmitter<LinkEvents>();
  readonly #logger: Logger;
  readonly #sender: Sender;
  #connected = true;
  #closed = false;
  #lostAt = 0;
  #disturbedAt = 0;
  #maxPayload = DEFAULT_MAX_PAYLOAD;
  #hasHeaders = false;
  /** Subscriptions that the server refused on this connection. */
  readonly #refused = new Set<string>();

  constructor(nc: NatsConnection, logger: Logger) {
    this.nc = nc;
    this.#sender = createSender(nc);
    this.#logger = logger;
    this.events.setMaxListeners(0);
    this.#learnLimits();
    void this.#watch();
    void nc.closed().then((error) => this.#onClosed(error));
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** Bytes of headers and payload together that the server takes. */
  get maxPayload(): number {
    return this.#maxPayload;
  }

  /** Whether the server passes headers on (2.2 and newer). */
  get hasHeaders(): boolean {
    return this.#hasHeaders;
  }

  /**
   * Whether NATS was away a moment ago, or a server of its cluster was lost: others may not have come back yet, and
   * miss what is sent to them now.
   */
  get isSettling(): boolean {
    return Date.now() - this.#disturbedAt < SETTLING_MS;
  }

  /** Whether the server has refused a subscription to this subject. */
  refuses(subject: string): boolean {
    return this.#refused.has(subject);
  }

  get lostForMs(): number {
    return this.#connected ? 0 : Date.now() - this.#lostAt;
  }

  /** Resolves to true as soon as the connection is up, to false when it is not by then or never will be again. */
  whenConnected(deadline: number): Promise<boolean> {
    if (this.#connected || this.#closed) return Promise.resolve(this.#connected);
    return new Promise((resolve) => {
      const settle = (isUp: boolean) => {
        clearTimeout(timer);
        this.events.off("restored", restored).off("closed", closed);
        resolve(isUp);
      };
      const restored = () => settle(true);
      const closed = () => settle(false);
      const timer = setTimeout(closed, Math.min(Math.max(0, deadline - Date.now()), LONGEST_WAIT_MS));
      this.events.once("restored", restored).once("closed", closed);
    });
  }

  /** @throws when the connection is closed */
  send(message: OutgoingText): void {
    this.#sender.send(message);
  }

  /** Resolves when the server has taken all that was sent before. */
  flush(): Promise<void> {
    this.#sender.flush();
    return this.nc.flush();
  }

  close(): Promise<void> {
    this.#sender.flush();
    return this.nc.close();
  }

  async #watch(): Promise<void> {
    for await (const status of this.nc.status()) {
      try {
        this.#observe(status);
      } catch (error) {
        // A listener's fault must not end the watch over the connection.
        this.#logger.error({ err: error, status }, "a change of the NATS connection could not be handled");
      }
    }
  }

  #observe(status: Status): void {
    if (status.type === Events.Disconnect) this.#onLost(status);
    else if (status.type === Events.Reconnect) this.#onRestored(status);
    else if (status.type === Events.Update) this.#onClusterChange(status);
    else if (status.type === Events.Error) this.#onError(status);
  }

  #onLost({ data: server }: Status): void {
    if (!this.#connected) return;
    this.#connected = false;
    this.#lostAt = Date.now();
    this.#logger.warn({ server }, "NATS connection lost");
    this.events.emit("lost");
  }

  #onRestored({ data: server }: Status): void {
    this.#logger.info({ server, afterMs: this.lostForMs }, "NATS connection restored");
    this.#connected = true;
    this.#disturbedAt = Date.now();
    this.#learnLimits();
    this.#refused.clear();
    this.events.emit("restored");
  }

  /** Our server has lost another one: the clients of that one are about to come to those that are left. */
  #onClusterChange({ data: change }: Status): void {
    const { deleted = [] } = change as ServersChanged;
    if (deleted.length > 0) this.#disturbedAt = Date.now();
  }

  #onError({ data: code, permissionContext: refused }: Status): void {
    this.#logger.error({ code, refused }, "NATS reported an error");
    if (refused?.operation === "publish") this.events.emit("forbidden", refused.subject);
    else if (refused !== undefined) this.#refused.add(refused.subject);
  }

  #onClosed(error: unknown): void {
    this.#connected = false;
    this.#closed = true;
    if (error) this.#logger.error({ err: error }, "NATS connection closed for good");
    this.events.emit("closed");
  }

  #learnLimits(): void {
    const { info } = this.nc;
    this.#maxPayload = info?.max_payload ?? DEFAULT_MAX_PAYLOAD;
    this.#hasHeaders = info?.headers === true;
  }
}
