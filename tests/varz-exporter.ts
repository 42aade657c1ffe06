import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Tells Prometheus what a NATS server says of itself under `/varz`, under the names that prometheus-nats-exporter
 * gives: the prefix, `varz` and the key. The exporter itself is a Go program that no package of Debian has.
 */
export async function startVarzExporter(natsMonitoringUrl: string): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer((_request, response) => {
    metricsOf(natsMonitoringUrl).then(
      (text) => response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(text),
      () => response.writeHead(503).end(),
    );
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

async function metricsOf(url: string): Promise<string> {
  const varz = (await (await fetch(`${url}/varz`)).json()) as Record<string, unknown>;
  const numbers = Object.entries(varz).filter(([, value]) => typeof value === "number");
  const lines = numbers.flatMap(([key, value]) => [
    `# TYPE gnatsd_varz_${key} gauge`,
    `gnatsd_varz_${key}{server_id="${url}"} ${value}`,
  ]);
  return `${lines.join("\n")}\n`;
}
