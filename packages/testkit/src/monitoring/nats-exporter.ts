import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Tells Prometheus what a NATS server says of itself under `/varz` and `/healthz`, as prometheus-nats-exporter does with
 * `-varz -healthz`: the exporter itself is a Go program that no package of Debian has. Names, labels and types were
 * compared with what its version 0.20.2 answers, and with its source (`collector/collector.go`, `collector/healthz.go`).
 * As there, what `/varz` said last is told again while the server does not answer.
 *
 * @param natsMonitoringUrl scheme, host and port; also what the exporter calls the server
 */
export async function startNatsExporter(natsMonitoringUrl: string): Promise<{ port: number; stop(): Promise<void> }> {
  let known: object = {};
  const server = createServer(async (_request, response) => {
    known = await factsOf(natsMonitoringUrl, "varz").catch(() => known);
    const health = await factsOf(natsMonitoringUrl, "healthz").catch(() => undefined);
    const text = [exposition(known, natsMonitoringUrl), healthExposition(health, natsMonitoringUrl)].join("");
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function factsOf(url: string, endpoint: string): Promise<object> {
  return (await (await fetch(`${url}/${endpoint}`)).json()) as object;
}

/** What the exporter makes of a `/healthz`: 0 for a server that is well, 1 for one that is not, nothing without an answer. */
export function healthExposition(health: { readonly status?: string } | undefined, serverId: string): string {
  if (health === undefined) return "";
  const labels = `server_id="${serverId}"`;
  return [
    "# HELP gnatsd_healthz_status status",
    "# TYPE gnatsd_healthz_status gauge",
    `gnatsd_healthz_status{${labels}} ${health.status === "ok" ? 0 : 1}`,
    "# HELP gnatsd_healthz_status_value status value",
    "# TYPE gnatsd_healthz_status_value gauge",
    `gnatsd_healthz_status_value{${labels},value="${health.status ?? ""}"} 1`,
    "",
  ].join("\n");
}

/** What the exporter makes of a `/varz`. Totals are gauges, too: the exporter knows no difference. */
export function exposition(varz: object, serverId: string): string {
  const lines = metricsOf(varz, []).flatMap(({ name, value, labels }) => [
    `# HELP gnatsd_varz_${name} ${name}`,
    `# TYPE gnatsd_varz_${name} gauge`,
    `gnatsd_varz_${name}{${[`server_id="${serverId}"`, ...labels].join(",")}} ${value}`,
  ]);
  return `${lines.join("\n")}\n`;
}

/** Texts that are told about, as a label of a gauge that is 1, or as milliseconds since 1970. */
const TEXTS = new Set(["server_id", "server_name", "version", "domain", "leader", "name"]);
const TIMES = new Set(["start", "config_load_time"]);
const LEFT_OUT = new Set([
  "leaf",
  "trusted_operators_claim",
  "cluster_tls_timeout",
  "cluster_cluster_port",
  "cluster_auth_timeout",
  "gateway_port",
  "gateway_auth_timeout",
  "gateway_tls_timeout",
  "gateway_connect_retries",
]);

interface Metric {
  readonly name: string;
  readonly value: number;
  readonly labels: readonly string[];
}

/** Objects within objects are told apart by longer names; switches and lists are left out. */
function metricsOf(facts: object, path: readonly string[]): Metric[] {
  return Object.entries(facts).flatMap(([key, value]: [string, unknown]): Metric[] => {
    const name = [...path, key].join("_").replaceAll("/", "_").replace(/_+/g, "_").replace(/^_|_$/g, "");
    if (LEFT_OUT.has(name)) return [];
    if (typeof value === "number") return [{ name, value, labels: [] }];
    if (typeof value === "string" && TIMES.has(key)) return [{ name, value: Date.parse(value), labels: [] }];
    if (typeof value === "string" && TEXTS.has(key)) return [{ name, value: 1, labels: [`value="${value}"`] }];
    return isObject(value) ? metricsOf(value, [...path, key]) : [];
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
