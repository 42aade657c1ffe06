import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import type { Logger } from "pino";
import { type Conversation, converse } from "./conversation.ts";

export interface ImapServerOptions {
  /** What a connection is served with; asked for once for each. */
  readonly conversation: () => Conversation;
  /** PEM. */
  readonly key: string;
  readonly cert: string;
  readonly logger: Logger;
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostname: string;
}

export interface ImapServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** An IMAP4rev1 server over TLS from the first byte. */
export async function startImapServer(options: ImapServerOptions): Promise<ImapServer> {
  const { conversation, key, cert, logger, port, hostname } = options;
  const sockets = new Set<TLSSocket>();
  const server = createServer({ key, cert, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // A client that breaks off is nothing to fail for.
    const ended = (error: unknown) => logger.debug({ err: error }, "an IMAP conversation ended early");
    socket.on("error", ended);
    converse(socket, conversation()).catch((error: unknown) => {
      ended(error);
      socket.destroy();
    });
  });
  server.on("tlsClientError", (error) => logger.debug({ err: error }, "an IMAP client did not get as far as TLS"));
  server.listen(port, hostname);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
