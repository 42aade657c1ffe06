import type { HttpResponse } from "./http-player.ts";

/** What can go wrong with one call to a third party. */
export interface HttpFault {
  readonly name: string;
  /** The answer instead of the honest one; undefined where that stays. `nth` counts such calls from 0. */
  readonly answer?: (honest: HttpResponse, nth: number) => HttpResponse | undefined;
  /** Why no connection comes about. */
  readonly connection?: "refused" | "unknown-name" | "wrong-certificate";
  /** Whether nothing but the requester's deadline ends the call. */
  readonly isSlow?: boolean;
}

const json = { "content-type": "application/json" };
const page = "<!doctype html><title>Down for maintenance</title><h1>We will be back soon</h1>";

/** Every way in which an HTTP API can fail a bridge. */
export const httpFaults: readonly HttpFault[] = [
  { name: "connection refused", connection: "refused" },
  { name: "DNS failure", connection: "unknown-name" },
  { name: "wrong certificate", connection: "wrong-certificate" },
  { name: "reset mid-body", answer: () => ({ fault: "cut-short" }) },
  { name: "slow headers", answer: () => ({ fault: "stall" }), isSlow: true },
  { name: "slow body", answer: () => ({ fault: "slow-body" }), isSlow: true },
  { name: "body over the limit", answer: () => ({ fault: "too-large" }) },
  { name: "HTML", answer: () => ({ status: 200, headers: { "content-type": "text/html" }, text: page }) },
  { name: "truncated JSON", answer: (honest) => ({ status: 200, headers: json, text: halfOf(honest) }) },
  { name: "204", answer: () => ({ status: 204 }) },
  refusal(400),
  { name: "401 once", answer: (_honest, nth) => (nth === 0 ? refused(401) : undefined) },
  refusal(401),
  refusal(403),
  refusal(404),
  refusal(409),
  { name: "429", answer: () => refused(429, { "retry-after": "1" }) },
  refusal(500),
  refusal(503),
  refusal(599),
];

function refusal(status: number): HttpFault {
  return { name: String(status), answer: () => refused(status) };
}

function refused(status: number, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status, headers: { ...json, ...headers }, json: { message: "made up for a test" } };
}

function halfOf({ json: value = { data: [{ id: 1 }] } }: HttpResponse): string {
  const text = JSON.stringify(value);
  // An empty list or object has nothing to lose but its end.
  return text.length > 2 ? text.slice(0, Math.ceil(text.length / 2)) : text.slice(0, 1);
}
