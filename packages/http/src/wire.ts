import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import axios, { type AxiosHeaders } from "axios";
import type { RawAnswer } from "./answer.ts";
import { type ConnectionOptions, createAgent } from "./connection.ts";
import { TooLarge } from "./failure.ts";
import type { PreparedRequest } from "./request.ts";
import type { TimeLimit } from "./time-limit.ts";

export interface Wire {
  send(method: string, request: PreparedRequest, limit: TimeLimit): Promise<RawAnswer>;
  close(): void;
}

/** The HTTP client, closed up: one base URL, no redirects, no proxy, answers of any status, bodies as bounded bytes. */
export function createWire(baseUrl: URL, options: ConnectionOptions & { maxBytes: number }): Wire {
  const agent = createAgent(baseUrl.protocol, options);
  const client = axios.create({
    adapter: "http",
    baseURL: baseUrl.href,
    // Without this, a path that is an absolute URL would be called instead of the base URL.
    allowAbsoluteUrls: false,
    maxRedirects: 0,
    proxy: false,
    httpAgent: agent,
    httpsAgent: agent,
    maxBodyLength: options.maxBytes,
    responseType: "stream",
    validateStatus: () => true,
    transformRequest: [(data: unknown) => data],
    headers: { common: { "user-agent": "trunkline" } },
  });
  return {
    async send(method, { url, headers, data }, limit) {
      const response = await client.request<Readable>({ method, url, headers, data, signal: limit.signal });
      limit.answerBegan();
      refuseAnnounced(response.data, response.headers["content-length"], options.maxBytes);
      const bytes = await readAtMost(response.data, options.maxBytes);
      return { status: response.status, headers: plain(response.headers as AxiosHeaders), bytes };
    },
    close: () => agent.destroy(),
  };
}

/** An answer that says it is too large need not be read to be believed. */
function refuseAnnounced(stream: Readable, length: unknown, maxBytes: number): void {
  if (!(Number(length) > maxBytes)) return;
  stream.destroy();
  throw new TooLarge("the answer is too large");
}

/** Leaving the loop early destroys the stream, and with it the connection. */
async function readAtMost(stream: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new TooLarge("the answer is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function plain(headers: AxiosHeaders): IncomingHttpHeaders {
  return headers.toJSON() as IncomingHttpHeaders;
}
