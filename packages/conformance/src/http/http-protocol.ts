import type { Protocol } from "../protocol.ts";
import { type HttpExchange, httpExchange } from "./http-exchange.ts";
import { startHttpPlayer } from "./http-player.ts";

/** HTTPS: one listener for all hosts, which the Host header tells apart. */
export const http: Protocol<HttpExchange> = {
  name: "http",
  key: "request",
  exchange: httpExchange,
  hostOf: ({ request }) => request.host,
  start: startHttpPlayer,
};
