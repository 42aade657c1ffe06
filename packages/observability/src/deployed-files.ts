import { stringify } from "yaml";
import { dashboards } from "./dashboards/dashboards.ts";
import { buildDashboard } from "./grafana/build.ts";
import { prometheusConfig, type Targets } from "./prometheus/prometheus-config.ts";

/** A file under `deploy/` that is written by a command and committed. */
export interface DeployedFile {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

const METRICS_PORT = 9090;

/**
 * @param services names of all services, by which they are also found in DNS
 * @param redises names of all Redis servers; the exporter of each is found as `<name>-exporter`
 */
export function deployedFiles(services: readonly string[], redises: readonly string[]): DeployedFile[] {
  return [...dashboardFiles(), prometheusFile(services, redises)];
}

function dashboardFiles(): DeployedFile[] {
  return dashboards().map((plan) => ({
    path: `deploy/grafana/dashboards/${fileName(plan.title)}.json`,
    text: `${JSON.stringify(buildDashboard(plan), null, 2)}\n`,
  }));
}

function prometheusFile(services: readonly string[], redises: readonly string[]): DeployedFile {
  const jobs = new Map<string, Targets>();
  for (const service of [...services].sort()) jobs.set(service, { names: [service], port: METRICS_PORT });
  // By the names that `deploy/README.md` gives them.
  jobs.set("nats-exporter", { names: ["nats-exporter"], port: 7777 });
  // On-call reads which Redis it is, not the address of its exporter.
  const exporters = redises.map((redis) => `${redis}-exporter`);
  jobs.set("redis-exporter", { names: exporters, port: 9121, instance: "(.+)-exporter" });
  jobs.set("alertmanager", { names: ["alertmanager"], port: 9093 });
  jobs.set("prometheus", { addresses: ["localhost:9090"] });
  const config = prometheusConfig({
    jobs,
    ruleFiles: ["/etc/prometheus/rules/*.yml"],
    alertmanagers: ["alertmanager:9093"],
    scrapeSeconds: 15,
    namespace: "trunkline",
    replica: "0",
  });
  const head =
    "# Written by `npm run generate`: one job for each service, found by its name in DNS, all replicas of it.\n";
  return { path: "deploy/prometheus/prometheus.yml", text: head + stringify(config) };
}

function fileName(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
