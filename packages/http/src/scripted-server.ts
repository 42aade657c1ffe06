import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { pino } from "pino";
import { Registry } from "prom-client";
import { generate } from "selfsigned";
import { createThirdParty } from "./third-party.ts";
import type { Call, ThirdParty, ThirdPartyOptions } from "./types.ts";

/** A request that a scripted server received. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  /** Names and values in turn, spelled as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export type Script = (response: ServerResponse, request: Received) => unknown;

/** A third party for a test: answers as its script says and remembers what it was asked. */
export interface ScriptedServer {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  script: Script;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startServer(script: Script, tls?: { key: string; cert: string }): Promise<ScriptedServer> {
  const scripted = { received: [] as Received[], script };
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = "", url = "", headers, rawHeaders } = request;
    const received = { method, url, headers, rawHeaders, body: await text(request).catch(() => "") };
    scripted.received.push(received);
    await scripted.script(response, received);
  };
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return Object.assign(scripted, {
    port,
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  });
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** A certificate for the given DNS names, its own authority. */
export async function certificateFor(...names: string[]): Promise<{ key: string; cert: string }> {
  const altNames = names.map((value) => ({ type: 2 as const, value }));
  const pems = await generate([{ name: "commonName", value: names[0] ?? "" }], {
    keyType: "ec",
    extensions: [{ name: "subjectAltName", altNames }],
  });
  return { key: pems.private, cert: pems.cert };
}

/** A third party under test, with the lines it logged and the registry of its metrics. */
export interface Subject extends ThirdParty {
  readonly lines: Record<string, unknown>[];
  readonly metrics: Registry;
  /** Calls with a request id and, unless given, a signal that never fires. */
  ask(call: Partial<Call>): ReturnType<ThirdParty["call"]>;
}

export function thirdParty(baseUrl: string, options: Partial<ThirdPartyOptions> = {}): Subject {
  const lines: Record<string, unknown>[] = [];
  const metrics = new Registry();
  const logger = pino({ level: "trace" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const opened = createThirdParty({ name: "acme", baseUrl, logger, metrics, ...options });
  return {
    ...opened,
    get signedIn() {
      return opened.signedIn;
    },
    lines,
    metrics,
    ask: (call) =>
      opened.call({ method: "GET", path: "/x", signal: new AbortController().signal, requestId: "r1", ...call }),
  };
}
