import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { type PublishedMessage, publishReader } from "./publish-reader.ts";

export interface TapOptions {
  /** The NATS server behind the tap, `nats://host:port`. */
  readonly server: string;
  /** Interface to listen on. */
  readonly hostname: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly onMessage: (message: PublishedMessage) => void;
}

export interface Tap {
  /** What clients connect to instead of the server. */
  readonly url: string;
  stop(): Promise<void>;
}

const DEFAULT_PORT = 4_222;

/**
 * Passes every byte between clients and a NATS server, and reads along what the clients publish.
 *
 * A subscription to everything would be simpler and would change what it shows: with it every subject has a listener,
 * so that a request nobody serves is no longer refused at once, and JetStream goes on delivering to the inboxes of
 * clients that are gone.
 */
export async function startTap({ server, hostname, port, onMessage }: TapOptions): Promise<Tap> {
  const upstream = new URL(server.includes("://") ? server : `nats://${server}`);
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const broker = connect({ host: upstream.hostname, port: Number(upstream.port || DEFAULT_PORT) });
    join(client, broker);
    client.on("data", publishReader(onMessage));
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    }
  });
  listener.listen(port, hostname);
  await once(listener, "listening");
  return {
    url: urlOf(upstream, hostname, (listener.address() as AddressInfo).port),
    async stop() {
      for (const socket of sockets) socket.destroy();
      const closed = once(listener, "close");
      listener.close();
      await closed;
    },
  };
}

/** Two sockets that share one fate: the server's death must reach its clients at once, and theirs the server. */
function join(client: Socket, broker: Socket): void {
  for (const [one, other] of [
    [client, broker],
    [broker, client],
  ] as const) {
    one.setNoDelay(true);
    one.pipe(other);
    // What went wrong shows on the other side as a closed connection, which is all that a client can do about it.
    one.on("error", () => undefined);
    // What was said before the end still has to arrive.
    one.once("close", () => other.destroySoon());
  }
}

function urlOf({ username, password }: URL, hostname: string, port: number): string {
  const user = username === "" ? "" : `${username}:${password}@`;
  return `nats://${user}${hostname}:${port}`;
}
