import { collectDefaultMetrics, Registry } from "prom-client";
import { type Endpoint, startEndpoint } from "./endpoint.ts";

/** A registry of one service: several of them may run in one process. */
export function createRegistry(service: string, version: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service, version });
  // Among them the delay of the event loop, which shows a parse that is too large.
  collectDefaultMetrics({ register: registry });
  return registry;
}

export function startMetricsEndpoint(port: number, registry: Registry): Promise<Endpoint> {
  return startEndpoint(port, {
    "/metrics": async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() }),
  });
}
