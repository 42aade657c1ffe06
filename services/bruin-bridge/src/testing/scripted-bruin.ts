import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { RequestContext } from "@trunkline/bus";
import { pino } from "pino";
import { Registry } from "prom-client";
import { onTestFinished } from "vitest";
import { type BruinClient, createBruinClient } from "../bruin-client.ts";

export interface BruinCallSeen {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

export interface ScriptedAnswer {
  readonly status?: number;
  readonly body?: unknown;
  /** Instead of `body`, as it is. */
  readonly raw?: string;
  readonly headers?: Record<string, string>;
  /** The connection is cut instead. */
  readonly hangUp?: boolean;
  /** No answer at all. */
  readonly silent?: boolean;
}

export interface ScriptedBruin {
  readonly client: BruinClient;
  readonly metrics: Registry;
  /** Calls of the API, in their order. */
  readonly calls: BruinCallSeen[];
  /** Calls for a token. */
  readonly logins: BruinCallSeen[];
  /** Answers of the API, one after the other; the last one is repeated. */
  answers: ScriptedAnswer[];
  /** Answers to calls for a token, likewise. */
  tokens: ScriptedAnswer[];
}

/** A Bruin that says what a test tells it to, with a client for it. Ends with the test. */
export async function scriptedBruin(...answers: ScriptedAnswer[]): Promise<ScriptedBruin> {
  const metrics = new Registry();
  const calls: BruinCallSeen[] = [];
  const logins: BruinCallSeen[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const isLogin = url.startsWith("/identity/");
    (isLogin ? logins : calls).push({ method, url, headers, body: parsed(await text(request)) });
    const script = isLogin ? bruin.tokens : bruin.answers;
    const answer = (script.length > 1 ? script.shift() : script[0]) ?? {};
    if (answer.silent) return;
    if (answer.hangUp) return void request.socket.destroy();
    response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
    response.end(answer.raw ?? JSON.stringify(answer.body ?? null));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createBruinClient({
    baseUrl: url,
    loginUrl: url,
    clientId: "trunkline",
    clientSecret: "s3cret",
    logger: pino({ level: "silent" }),
    metrics,
  });
  const tokens = [{ body: { access_token: "token-1", expires_in: 3600 } }];
  const bruin: ScriptedBruin = { client, metrics, calls, logins, answers, tokens };
  onTestFinished(() => {
    client.close();
    server.closeAllConnections();
    server.close();
  });
  return bruin;
}

/** A request's context, with half a minute left. */
export function requestContext(options: { signal?: AbortSignal } = {}): RequestContext {
  return {
    requestId: "test",
    deadline: Date.now() + 30_000,
    signal: options.signal ?? new AbortController().signal,
    idempotencyKey: undefined,
    logger: pino({ level: "silent" }),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
