import { once } from "node:events";
import type { Server as HttpServer, RequestListener } from "node:http";
import type { Server as HttpsServer } from "node:https";
import type { AddressInfo, Server as NetServer } from "node:net";
import { getRequestListener } from "@hono/node-server";

/** Node's side of a function from requests to responses. */
export function asListener(respond: Parameters<typeof getRequestListener>[0]): RequestListener {
  const listener = getRequestListener(respond);
  return (incoming, outgoing) => void listener(incoming, outgoing);
}

/** Binds a server. @returns the port it got */
export async function listen(
  server: NetServer,
  { port, hostname }: { readonly port: number; readonly hostname: string },
): Promise<number> {
  server.listen(port, hostname);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Closes a server and every connection to it, the stalled ones too. */
export async function close(server: HttpServer | HttpsServer): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
