import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { portToTry, startBrokers } from "@trunkline/brokers";
import { prometheusConfig, type Targets } from "@trunkline/observability";
import { startSandbox } from "@trunkline/sandbox";
import {
  eventually,
  monitoringProgram,
  type Prometheus,
  startPrometheus,
  startRedisExporter,
} from "@trunkline/testkit";
import { expect, it } from "vitest";
import { startEngine } from "../scripts/demo/engine.ts";
import { type SandboxClient, sandboxClient } from "../scripts/demo/sandbox-client.ts";
import { startVarzExporter } from "./varz-exporter.ts";

const folder = new URL("../deploy/grafana/dashboards/", import.meta.url);
const patienceMs = 60_000;
/** Half a minute where nothing else runs; scrapes of a busy machine come late. */
const timeout = 300_000;
/** What Grafana puts in their place; the interval goes back to before the engine was started. */
const VARIABLES: Readonly<Record<string, string>> = { interval: "1h", __rate_interval: "20s" };

interface PanelQuery {
  /** Dashboard, panel and letter. */
  readonly name: string;
  readonly expr: string;
}

it("every panel of every dashboard shows data of the demo's engine", { timeout }, async ({ skip }) => {
  const missing = (["prometheus", "prometheus-redis-exporter"] as const).filter((name) => !monitoringProgram(name));
  skip(missing.length > 0, `${missing.join(" and ")} cannot be had on this machine`);
  await using stage = await openStage();
  const queries = await panelQueries();
  expect(queries.length).toBeGreaterThan(50);
  await oneOutageAfterTheOther(stage);

  const lookAt = async ({ name, expr }: PanelQuery) => {
    const samples = await stage.prometheus.query(expr);
    return samples.some(({ value }) => !Number.isNaN(value)) ? [] : [name];
  };
  const withoutData = async () => (await Promise.all(queries.map(lookAt))).flat();
  // What takes a few scrapes to be a rate.
  await eventually(async () => expect(await withoutData()).toEqual([]), { timeout: patienceMs, interval: 2_000 });

  // "or vector(0)" answers for a misspelt name too.
  const declared = await stage.prometheus.declared();
  const unknown = queries.flatMap(({ name, expr }) =>
    metricNames(expr)
      .filter((metric) => !declared.has(metric) && !declared.has(metric.replace(/_(bucket|count|sum)$/, "")))
      .map((metric) => `${name}: ${metric}`),
  );
  expect(unknown).toEqual([]);

  const [created] = await stage.prometheus.query('sum(tasks_created_total{feature="Service Outage Monitor"})');
  const panel = queries.find(({ name }) => name.startsWith("Service Outage Business Metrics: Tasks Created"));
  expect(await stage.prometheus.query(panel?.expr ?? "")).toEqual([{ metric: {}, value: created?.value }]);
});

interface Stage extends AsyncDisposable {
  readonly sandbox: SandboxClient;
  readonly prometheus: Prometheus;
}

/** The demo's engine, scraped as it is deployed, but more often. */
async function openStage(): Promise<Stage> {
  const releases = new AsyncDisposableStack();
  const dataFolder = await mkdtemp(join(tmpdir(), "trunkline-panels-"));
  releases.defer(() => rm(dataFolder, { recursive: true, force: true }));
  const monitoringPort = portToTry();
  const configuration = `http: "127.0.0.1:${monitoringPort}"`;
  const brokers = await startBrokers({ dataFolder, configuration });
  releases.defer(() => brokers.stop());
  const nats = await startVarzExporter(`http://127.0.0.1:${monitoringPort}`);
  releases.defer(() => nats.stop());
  const redis = await startRedisExporter(brokers.redis.url);
  releases.defer(() => redis.stop());
  const sandbox = await startSandbox({ natsUrl: brokers.nats.url });
  releases.defer(() => sandbox.stop());
  const pace = { passSeconds: 1, quarantineSeconds: 2 };
  const engine = await startEngine({ brokers, sandbox, pace, logFile: join(dataFolder, "log") });
  releases.defer(() => engine.stop());

  const local = (port: number | undefined): Targets => ({ addresses: [`127.0.0.1:${port}`] });
  const services = [...engine.services.values()].map(({ name, metricsPort }) => [name, local(metricsPort)] as const);
  const exporters = [["nats-exporter", local(nats.port)] as const, ["redis-exporter", local(redis.port)] as const];
  const prometheus = await startPrometheus(
    prometheusConfig({
      jobs: new Map([...services, ...exporters]),
      ruleFiles: [],
      alertmanagers: [],
      scrapeSeconds: 2,
      namespace: "demo",
      replica: "0",
    }),
  );
  releases.defer(() => prometheus.stop());
  await eventually(async () => (await prometheus.query("min(up)"))[0]?.value === 1, { timeout: patienceMs });
  return {
    sandbox: sandboxClient(sandbox.console.url),
    prometheus,
    [Symbol.asyncDispose]: () => releases.disposeAsync(),
  };
}

/** A link dies, heals and dies again, so that its ticket is created, resolved and taken up again. */
async function oneOutageAfterTheOther({ sandbox, prometheus }: Stage): Promise<void> {
  const edge = (await sandbox.edges()).find(({ haSerial, links }) => haSerial === null && links.length >= 2);
  const link = edge?.links[0]?.interface;
  if (edge === undefined || link === undefined) throw new Error("the fleet has no edge with two links");
  const counted = (metric: string) =>
    eventually(async () => (await prometheus.query(`sum(${metric})`)).some(({ value }) => value > 0), {
      timeout: patienceMs,
      interval: 500,
    });
  await sandbox.failLink(edge.serial, link);
  await counted("tasks_created_total");
  await sandbox.healLink(edge.serial, link);
  await counted("tasks_autoresolved_total");
  await sandbox.failLink(edge.serial, link);
  await counted("tasks_reopened_total");
}

/** The query of each panel as it is committed, with Grafana's variables at their initial values. */
async function panelQueries(): Promise<PanelQuery[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json"));
  const found = await Promise.all(
    files.map(async (file) => {
      const { title, panels } = JSON.parse(await readFile(new URL(file, folder), "utf8")) as Dashboard;
      return panels.flatMap((panel) =>
        (panel.targets ?? []).map(({ refId, expr }) => ({
          name: `${title}: ${panel.title} (${refId})`,
          expr: expr.replace(/\$(\w+)/g, (_, variable: string) => VARIABLES[variable] ?? ".*"),
        })),
      );
    }),
  );
  return found.flat();
}

interface Dashboard {
  readonly title: string;
  readonly panels: readonly {
    readonly title: string;
    readonly targets?: readonly { readonly refId: string; readonly expr: string }[];
  }[];
}

/** Every metric that an expression selects: names before a selector, a range, or in the plain. */
function metricNames(expr: string): string[] {
  const bare = expr
    .replace(/"[^"]*"/g, "")
    .replace(/\b(by|on|without) ?\([^)]*\)/g, "")
    .replace(/\{[^}]*\}/g, "");
  return [...new Set(bare.match(/\b[a-z]+_[a-z0-9_]+\b(?! *\()/g) ?? [])];
}
