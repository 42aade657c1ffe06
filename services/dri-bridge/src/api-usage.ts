import type { Call } from "@trunkline/http";
import { Counter, type Registry } from "prom-client";

/**
 * Counts calls of DataRemote's API, logins included, under the name and labels that the fleet's dashboards read. The
 * endpoint is the template of the path: with serial numbers in it, there would be a series for each device.
 */
export function apiUsage(metrics: Registry): (call: Pick<Call, "method" | "path">) => void {
  const calls = new Counter({
    name: "dri_api_usage_total",
    help: "HTTP calls to DataRemote",
    labelNames: ["method", "endpoint_"] as const,
    registers: [metrics],
  });
  return ({ method, path }) => calls.inc({ method, endpoint_: path });
}
