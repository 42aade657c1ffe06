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
/** Exporters beside NATS and Redis, by the names that `deploy/README.md` gives them. */
const EXPORTERS: readonly (readonly [job: string, port: number])[] = [
  ["nats-exporter", 7777],
  ["redis-exporter", 9121],
  ["alertmanager", 9093],
];

/** @param services names of all services, by which they are also found in DNS */
export function deployedFiles(services: readonly string[]): DeployedFile[] {
  return [...dashboardFiles(), prometheusFile(services)];
}

function dashboardFiles(): DeployedFile[] {
  return dashboards().map((plan) => ({
    path: `deploy/grafana/dashboards/${fileName(plan.title)}.json`,
    text: `${JSON.stringify(buildDashboard(plan), null, 2)}\n`,
  }));
}

function prometheusFile(services: readonly string[]): DeployedFile {
  const jobs = new Map<string, Targets>();
  for (const service of [...services].sort()) jobs.set(service, { name: service, port: METRICS_PORT });
  for (const [name, port] of EXPORTERS) jobs.set(name, { name, port });
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
