import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface Endpoint {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a few paths for GET; everything else is 404 or 405. Port 0 takes any free one. */
export async function startEndpoint(
  port: number,
  routes: Readonly<Record<string, () => Promise<Answer>>>,
): Promise<Endpoint> {
  const server = createServer({ requestTimeout: 10_000, keepAliveTimeout: 5_000 }, (request, response) => {
    answer(request, routes).then(
      (result) => send(response, result, request.method === "HEAD"),
      () => send(response, { status: 500, type: "text/plain", body: "" }, true),
    );
  });
  await new Promise<void>((resolve, reject) => {
    // Stays: an error after the start (no file handle left to accept with) passes, and must not end the process.
    server.on("error", reject);
    server.listen(port, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  routes: Readonly<Record<string, () => Promise<Answer>>>,
): Promise<Answer> {
  const [path = ""] = (request.url ?? "").split("?");
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (route === undefined) return { status: 404, type: "text/plain", body: "not found" };
  if (request.method !== "GET" && request.method !== "HEAD") {
    return { status: 405, type: "text/plain", body: "only GET" };
  }
  return route();
}

function send(response: ServerResponse, { status, type, body }: Answer, withoutBody: boolean): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(withoutBody ? undefined : body);
}
