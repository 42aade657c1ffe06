import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Player, PlayerOptions, Protocol } from "../protocol.ts";
import { differenceOfCall, readCall } from "./http-call.ts";
import { type HttpExchange, httpExchange } from "./http-exchange.ts";

/** HTTPS: one listener for all hosts, which the Host header tells apart. */
export const http: Protocol<HttpExchange> = {
  name: "http",
  key: "request",
  exchange: httpExchange,
  hostOf: ({ request }) => request.host,
  start: startHttpPlayer,
};

async function startHttpPlayer({ stage, certificates, port }: PlayerOptions): Promise<Player> {
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const call = await readCall(incoming);
    const asked = `${call.method} ${call.host}${incoming.url} ${call.text}`;
    const exchange = stage.take<HttpExchange>(http.name, (each) => differenceOfCall(each, call), asked);
    respond(outgoing, exchange?.response ?? UNEXPECTED);
  }
  const server = createServer({ key: certificates.key, cert: certificates.cert }, (incoming, outgoing) => {
    // A caller that leaves amid its request is none that waits for an answer.
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A status that no third party gives, so that a bridge cannot take it for an answer. */
const UNEXPECTED: HttpExchange["response"] = { status: 599, text: "no vector expects this call" };

/** Writes an answer as a vector describes it. */
function respond(
  outgoing: ServerResponse,
  { status = 200, headers = {}, json, text, fault }: HttpExchange["response"],
) {
  switch (fault) {
    case "hang-up":
      return outgoing.destroy();
    case "stall":
      return undefined;
    case "cut-short":
      outgoing.writeHead(200, { "content-type": "application/json", "content-length": "4096" });
      return outgoing.write('{"data":[', () => outgoing.destroy());
    case undefined:
      break;
  }
  const type = json === undefined ? "text/plain" : "application/json";
  const body = json === undefined ? text : JSON.stringify(json);
  outgoing.writeHead(status, { ...(body === undefined ? {} : { "content-type": type }), ...lowerCase(headers) });
  return outgoing.end(body);
}

function lowerCase<Value>(headers: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
