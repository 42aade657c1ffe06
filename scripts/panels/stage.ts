import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { portToTry, startBrokers } from "@trunkline/brokers";
import { prometheusConfig, type Targets } from "@trunkline/observability";
import { startSandbox } from "@trunkline/sandbox";
import { type Prometheus, startNatsExporter, startPrometheus, startRedisExporter } from "@trunkline/testkit";
import { type Engine, type EngineOptions, startEngine } from "../demo/engine.ts";
import { type SandboxClient, sandboxClient } from "../demo/sandbox-client.ts";
import { until } from "../demo/until.ts";

const patienceMs = 60_000;
const SCRAPE_SECONDS = 2;

/** Grafana's `$__rate_interval`: at least four scrapes, and a few more, since those of a busy machine come late. */
export const RATE_INTERVAL = "20s";

/** The demo's engine and a Prometheus that scrapes it. */
export interface Stage extends AsyncDisposable {
  readonly sandbox: SandboxClient;
  readonly prometheus: Prometheus;
}

/** Scraped as it is deployed, but more often. */
export async function openStage({ runIn = "here" }: Pick<EngineOptions, "runIn"> = {}): Promise<Stage> {
  await using releases = new AsyncDisposableStack();
  const dataFolder = await mkdtemp(join(tmpdir(), "trunkline-panels-"));
  releases.defer(() => rm(dataFolder, { recursive: true, force: true }));
  const monitoringPort = portToTry();
  const configuration = `http: "127.0.0.1:${monitoringPort}"`;
  const brokers = await startBrokers({ dataFolder, configuration });
  releases.defer(() => brokers.stop());
  const nats = await startNatsExporter(`http://127.0.0.1:${monitoringPort}`);
  releases.defer(() => nats.stop());
  const redis = await startRedisExporter(brokers.redis.url);
  releases.defer(() => redis.stop());
  const sandbox = await startSandbox({ natsUrl: brokers.nats.url });
  releases.defer(() => sandbox.stop());
  const pace = { passSeconds: 1, quarantineSeconds: 2 };
  const engine = await startEngine({ brokers, sandbox, pace, runIn, logFile: join(dataFolder, "log") });
  releases.defer(() => engine.stop());
  const prometheus = await startPrometheus(configOf(engine, { nats, redis }));
  releases.defer(() => prometheus.stop());
  const allUp = async () => (await prometheus.query("min(up)"))[0]?.value === 1;
  await until("Prometheus to reach every service", patienceMs, allUp);
  const started = releases.move();
  return {
    sandbox: sandboxClient(sandbox.console.url),
    prometheus,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

interface Exporters {
  readonly nats: { readonly port: number };
  readonly redis: { readonly port: number };
}

function configOf({ services }: Engine, { nats, redis }: Exporters): object {
  const local = (port: number | undefined): Targets => ({ addresses: [`127.0.0.1:${port}`] });
  const engine = [...services.values()].map(({ name, metricsPort }) => [name, local(metricsPort)] as const);
  const exporters = [["nats-exporter", local(nats.port)] as const, ["redis-exporter", local(redis.port)] as const];
  return prometheusConfig({
    jobs: new Map([...engine, ...exporters]),
    ruleFiles: [],
    alertmanagers: [],
    scrapeSeconds: SCRAPE_SECONDS,
    namespace: "demo",
    replica: "0",
  });
}

/** A link dies, heals and dies again, so that its ticket is created, resolved and taken up again. */
export async function oneOutageAfterTheOther({ sandbox, prometheus }: Stage): Promise<void> {
  const edge = (await sandbox.edges()).find(({ haSerial, links }) => haSerial === null && links.length >= 2);
  const link = edge?.links[0]?.interface;
  if (edge === undefined || link === undefined) throw new Error("the fleet has no edge with two links");
  const counted = (metric: string) =>
    until(`${metric} to be counted`, patienceMs, async () =>
      (await prometheus.query(`sum(${metric})`)).some(({ value }) => value > 0),
    );
  await sandbox.failLink(edge.serial, link);
  await counted("tasks_created_total");
  await sandbox.healLink(edge.serial, link);
  await counted("tasks_autoresolved_total");
  await sandbox.failLink(edge.serial, link);
  await counted("tasks_reopened_total");
}
