import { constants } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Player, PlayerOptions } from "../protocol.ts";
import { differenceOfCall, readCall } from "./http-call.ts";
import type { HttpExchange } from "./http-exchange.ts";
import { respond } from "./respond.ts";

export type HttpResponse = HttpExchange["response"];

export interface HttpPlayerOptions extends PlayerOptions {
  /** Answers something else than the vector says; undefined leaves it at that. */
  readonly spoil?: (exchange: HttpExchange) => HttpResponse | undefined;
}

export interface HttpPlayer extends Player {
  /** Ends every connection, so that the next call has to make one. */
  dropConnections(): void;
  /** What new connections to a host are shown from now on. */
  present(host: string, certificate: PlayerOptions["certificates"]): void;
}

/** A resumed session shows no certificate, and so would not show another one. */
const NO_RESUMPTION = constants.SSL_OP_NO_TICKET;

/** A status that no third party gives, so that a bridge cannot take it for an answer. */
const UNEXPECTED: HttpResponse = { status: 599, text: "no vector expects this call" };

/** Plays all HTTPS hosts of a bridge. */
export async function startHttpPlayer(options: HttpPlayerOptions): Promise<HttpPlayer> {
  const { stage, certificates, port, spoil } = options;
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const call = await readCall(incoming);
    const asked = `${call.method} ${call.host}${incoming.url} ${call.text}`;
    const exchange = stage.take<HttpExchange>("http", (each) => differenceOfCall(each, call), asked);
    const spoiled = exchange === undefined ? UNEXPECTED : spoil?.(exchange);
    respond(outgoing, spoiled ?? exchange?.response ?? UNEXPECTED);
  }
  const server = createServer(
    { key: certificates.key, cert: certificates.cert, secureOptions: NO_RESUMPTION },
    // A caller that leaves amid its request is none that waits for an answer.
    (incoming, outgoing) => void answer(incoming, outgoing).catch(() => outgoing.destroy()),
  );
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    dropConnections: () => server.closeAllConnections(),
    present: (host, { key, cert }) => server.addContext(host, { key, cert, secureOptions: NO_RESUMPTION }),
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
