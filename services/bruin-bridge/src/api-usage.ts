import { Counter, type Registry } from "prom-client";

/** One completed HTTP response of Bruin, the token's included. */
export interface CompletedCall {
  readonly method: string;
  /** The template of the path: `/api/Ticket/{ticketId}/details`. */
  readonly path: string;
  readonly status: number;
}

/** Counts calls to Bruin under the name and labels that the fleet's dashboards read. */
export function apiUsage(metrics: Registry): (call: CompletedCall) => void {
  const calls = new Counter({
    name: "bruin_api_usage_total",
    help: "HTTP calls to Bruin",
    labelNames: ["method", "endpoint_", "response_status"] as const,
    registers: [metrics],
  });
  return ({ method, path, status }) =>
    calls.inc({ method, endpoint_: endpointLabel(path), response_status: String(status) });
}

/** `/api/Ticket/{ticketId}/details/` is counted as `/api/Ticket/{id}/details`, which is how the dashboards know it. */
export function endpointLabel(path: string): string {
  return path.replace(/\/$/, "").replace(/\{[^{}]*\}|\d+/g, "{id}");
}
