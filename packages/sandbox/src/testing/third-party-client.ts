import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { Agent, request } from "node:https";
import { text as readText } from "node:stream/consumers";
import type { Sandbox } from "../sandbox.ts";

export interface ThirdPartyRequest {
  readonly method?: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly json?: unknown;
  /** Sent as it is. */
  readonly raw?: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ThirdPartyAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text read as JSON. */
  readonly json: <Shape>() => Shape;
}

/** Calls the stand-ins as a bridge does: by host name, over strictly verified TLS. */
export type ThirdPartyClient = (host: string, options: ThirdPartyRequest) => Promise<ThirdPartyAnswer>;

export function thirdPartyClient(sandbox: Pick<Sandbox, "thirdParty">): ThirdPartyClient {
  const ca = readFileSync(sandbox.thirdParty.caFile, "utf8");
  const agent = new Agent({ ca, keepAlive: false });
  return async (host, { method, path, json, raw, form, headers = {} }) => {
    const body = raw ?? bodyOf(json, form);
    const outgoing = request({
      agent,
      host: "127.0.0.1",
      port: sandbox.thirdParty.port,
      servername: host,
      method: method ?? (body === undefined ? "GET" : "POST"),
      path,
      headers: { host, ...(form && { "content-type": "application/x-www-form-urlencoded" }), ...headers },
    });
    const answered = new Promise<ThirdPartyAnswer>((resolve, reject) => {
      outgoing.on("error", reject);
      outgoing.on("response", (response) => {
        readText(response).then(
          (text) =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text,
              json: () => JSON.parse(text),
            }),
          reject,
        );
      });
    });
    outgoing.end(body);
    return answered;
  };
}

function bodyOf(json: unknown, form: Readonly<Record<string, string>> | undefined): string | undefined {
  if (form !== undefined) return new URLSearchParams(form).toString();
  return json === undefined ? undefined : JSON.stringify(json);
}
