import { tmpdir } from "node:os";
import { join } from "node:path";
import { queriesOf, readDashboards } from "@trunkline/panels";
import { chromiumPath, eventually, monitoringProgram } from "@trunkline/testkit";
import { expect, it } from "vitest";
import { drawDashboards } from "../scripts/panels/draw.ts";
import { oneOutageAfterTheOther, openStage, RATE_INTERVAL } from "../scripts/panels/stage.ts";

const folder = join(import.meta.dirname, "../deploy/grafana/dashboards");
/** Kept for whoever wants to look; each run draws them anew. */
const pictures = join(tmpdir(), "trunkline-dashboards");
const patienceMs = 60_000;
/** Half a minute where nothing else runs; scrapes of a busy machine come late. */
const timeout = 300_000;

it("every panel of every dashboard shows data of the demo's engine", { timeout }, async ({ skip, annotate }) => {
  const missing = (["prometheus", "prometheus-redis-exporter"] as const).filter((name) => !monitoringProgram(name));
  skip(missing.length > 0, `${missing.join(" and ")} cannot be had on this machine`);
  const dashboards = await readDashboards(folder);
  const queries = dashboards.flatMap(({ dashboard }) => queriesOf(dashboard, RATE_INTERVAL));
  expect(queries.length).toBeGreaterThan(50);
  await using stage = await openStage();
  const { prometheus } = stage;
  await oneOutageAfterTheOther(stage);

  const withoutData = async () => {
    const answers = await Promise.all(queries.map(({ expr }) => prometheus.query(expr)));
    const isKnown = (index: number) => answers[index]?.some(({ value }) => !Number.isNaN(value)) === true;
    return queries.filter((_, index) => !isKnown(index)).map(({ name }) => name);
  };
  // What takes a few scrapes to be a rate.
  await eventually(async () => expect(await withoutData()).toEqual([]), { timeout: patienceMs, interval: 2_000 });

  // A query that counts nothing answers 0 for a misspelt name, too.
  const declared = await prometheus.declared();
  const unknown = queries.flatMap(({ name, expr }) =>
    metricNames(expr)
      .filter((metric) => !declared.has(metric) && !declared.has(metric.replace(/_(bucket|count|sum)$/, "")))
      .map((metric) => `${name}: ${metric}`),
  );
  expect(unknown).toEqual([]);

  const [created] = await prometheus.query('sum(tasks_created_total{feature="Service Outage Monitor"})');
  const panel = queries.find(({ name }) => name.startsWith("Service Outage Business Metrics: Tasks Created"));
  expect(await prometheus.query(panel?.expr ?? "")).toEqual([{ metric: {}, value: created?.value }]);

  if (chromiumPath === undefined) return void (await annotate("not drawn: there is no Chromium on this computer"));
  const options = { dashboards, source: prometheus, seconds: 60, folder: pictures, chromium: chromiumPath };
  expect(await drawDashboards(options), `pictures are in ${pictures}`).toEqual([]);
});

/** Every metric that an expression selects: names before a selector, a range, or in the plain. */
function metricNames(expr: string): string[] {
  const bare = expr
    .replace(/"[^"]*"/g, "")
    .replace(/\b(by|on|without) ?\([^)]*\)/g, "")
    .replace(/\{[^}]*\}/g, "");
  return [...new Set(bare.match(/\b[a-z]+_[a-z0-9_]+\b(?! *\()/g) ?? [])];
}
