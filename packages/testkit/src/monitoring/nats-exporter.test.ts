import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { exposition, healthExposition, startNatsExporter } from "./nats-exporter.ts";

const SERVER = "http://127.0.0.1:8222";

/** Beginnings of lines of prometheus-nats-exporter 0.20.2, and what NATS 2.14 said under /varz. */
it.for<[string, object, string[]]>([
  ["a number", { in_msgs: 525 }, [`gnatsd_varz_in_msgs{server_id="${SERVER}"} 525`]],
  [
    "a number within objects",
    { jetstream: { config: { max_memory: 4096 } } },
    [`gnatsd_varz_jetstream_config_max_memory{server_id="${SERVER}"} 4096`],
  ],
  ["a path as a key", { http_req_stats: { "/varz": 5 } }, [`gnatsd_varz_http_req_stats_varz{server_id="${SERVER}"} 5`]],
  ["a name", { server_name: "n1" }, [`gnatsd_varz_server_name{server_id="${SERVER}",value="n1"} 1`]],
  [
    "a time",
    { start: "2026-09-03T02:40:02.188Z" },
    [`gnatsd_varz_start{server_id="${SERVER}"} ${Date.parse("2026-09-03T02:40:02.188Z")}`],
  ],
  ["any other text, a switch, a list", { host: "0.0.0.0", tls_required: true, connect_urls: ["127.0.0.1:4222"] }, []],
  ["what the exporter leaves out", { cluster: { cluster_port: 6222, tls_timeout: 2 } }, []],
])("%s is told about as the exporter does", ([, varz, samples]) => {
  const lines = exposition(varz, SERVER).split("\n");
  expect(lines.filter((line) => line !== "" && !line.startsWith("#"))).toEqual(samples);
});

it.for<[string, { status?: string } | undefined, string]>([
  ["a server that is well", { status: "ok" }, `gnatsd_healthz_status{server_id="${SERVER}"} 0`],
  ["a server that is not", { status: "unavailable" }, `gnatsd_healthz_status{server_id="${SERVER}"} 1`],
  ["a server that does not answer", undefined, ""],
])("the health of %s is told about as the exporter does", ([, health, sample]) => {
  const lines = healthExposition(health, SERVER).split("\n");
  expect(lines.find((line) => line.startsWith("gnatsd_healthz_status{")) ?? "").toBe(sample);
});

it("each metric is declared as a gauge", () => {
  expect(exposition({ mem: 1 }, SERVER)).toBe(
    `# HELP gnatsd_varz_mem mem\n# TYPE gnatsd_varz_mem gauge\ngnatsd_varz_mem{server_id="${SERVER}"} 1\n`,
  );
});

it("a server that is gone is told about as it was, and is not called well", async () => {
  const nats = createServer(({ url }, response) => {
    response.end(JSON.stringify(url === "/varz" ? { connections: 7 } : { status: "ok" }));
  });
  await new Promise<void>((resolve) => nats.listen(0, "127.0.0.1", resolve));
  const exporter = await startNatsExporter(`http://127.0.0.1:${(nats.address() as AddressInfo).port}`);
  const metrics = async () => (await fetch(`http://127.0.0.1:${exporter.port}/metrics`)).text();
  try {
    expect(await metrics()).toMatch(/gnatsd_healthz_status{.*} 0\n/);
    nats.close();
    nats.closeAllConnections();
    const afterwards = await metrics();
    expect(afterwards).toMatch(/gnatsd_varz_connections{.*} 7\n/);
    expect(afterwards).not.toContain("gnatsd_healthz_status");
  } finally {
    await exporter.stop();
    nats.close();
  }
});
