import type { ServerResponse } from "node:http";
import type { HttpExchange } from "./http-exchange.ts";

/** Writes an answer as a vector describes it. */
export function respond(outgoing: ServerResponse, response: HttpExchange["response"]): void {
  const { status = 200, headers = {}, json, text, fault } = response;
  if (fault !== undefined) {
    fail(outgoing, fault);
    return;
  }
  const type = json === undefined ? "text/plain" : "application/json";
  const body = json === undefined ? text : JSON.stringify(json);
  outgoing.writeHead(status, { ...(body === undefined ? {} : { "content-type": type }), ...lowerCase(headers) });
  outgoing.end(body);
}

const BEGINNING = '{"data":[';
const json = { "content-type": "application/json" };

function fail(outgoing: ServerResponse, fault: NonNullable<HttpExchange["response"]["fault"]>): void {
  switch (fault) {
    case "hang-up":
      outgoing.destroy();
      return;
    case "cut-short":
      outgoing.writeHead(200, { ...json, "content-length": "4096" });
      outgoing.write(BEGINNING, () => outgoing.destroy());
      return;
    case "slow-body":
      outgoing.writeHead(200, json);
      outgoing.write(BEGINNING);
      return;
    case "too-large":
      outgoing.writeHead(200, { ...json, "content-length": String(1_024 ** 3) });
      outgoing.write(BEGINNING);
      return;
    case "stall":
      return;
  }
}

function lowerCase<Value>(headers: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
