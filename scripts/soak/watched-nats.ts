import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a NATS server on which somebody sees what is asked, at the moment at which it is asked. */
export interface WatchedNats extends AsyncDisposable {
  readonly url: string;
}

/** @param onAsked told of each subject that a client publishes on, before the message travels on */
export async function watchedNats(port: number, onAsked: (subject: string) => void): Promise<WatchedNats> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    near.on("data", (bytes: Buffer) => {
      for (const [, subject = ""] of bytes.toString("latin1").matchAll(/^H?PUB (\S+)/gm)) onAsked(subject);
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.on("error", () => socket.destroy());
      socket.pipe(other);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  return {
    url: `nats://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
