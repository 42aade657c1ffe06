import { expect, it } from "vitest";
import { parse } from "yaml";
import { deployedFiles } from "./deployed-files.ts";

const files = deployedFiles(["bruin-bridge", "alerts"], ["redis", "redis-customer-cache"]);
const dashboards = files
  .filter(({ path }) => path.endsWith(".json"))
  .map(({ text }) => JSON.parse(text) as { uid: string; title: string; panels: { id: number; title: string }[] });

it("no two dashboards share an address, a title or a file", () => {
  for (const values of [dashboards.map(({ uid }) => uid), dashboards.map(({ title }) => title)]) {
    expect(new Set(values).size).toBe(values.length);
  }
  expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
});

it("dashboards that there have been before keep their addresses", () => {
  expect(dashboards.map(({ uid }) => uid)).toEqual(
    expect.arrayContaining(["bruin_api_usage_v2", "r7wadOCnz", "ARWOJcXnz", "VeiyfJX7z", "IAfhY6hnk"]),
  );
});

it("every service is scraped under its own name", () => {
  const file = files.find(({ path }) => path === "deploy/prometheus/prometheus.yml");
  const { scrape_configs: jobs } = parse(file?.text ?? "") as { scrape_configs: unknown[] };
  expect(jobs).toContainEqual(
    expect.objectContaining({
      job_name: "bruin-bridge",
      dns_sd_configs: [expect.objectContaining({ names: ["bruin-bridge"], port: 9090 })],
    }),
  );
});

it("a Redis is told apart by its name, and not by an address of its exporter", () => {
  const file = files.find(({ path }) => path === "deploy/prometheus/prometheus.yml");
  const { scrape_configs: jobs } = parse(file?.text ?? "") as { scrape_configs: unknown[] };
  expect(jobs).toContainEqual(
    expect.objectContaining({
      job_name: "redis-exporter",
      dns_sd_configs: [expect.objectContaining({ names: ["redis-exporter", "redis-customer-cache-exporter"] })],
      relabel_configs: expect.arrayContaining([
        { source_labels: ["__meta_dns_name"], regex: "(.+)-exporter", target_label: "instance" },
      ]),
    }),
  );
});

it("every panel says what Grafana would otherwise choose badly: the legend, and the colours of figures", () => {
  const panels = dashboards.flatMap(({ panels: all }) => all as unknown as GrafanaPanel[]);
  const withLegend = panels.filter(({ type }) => ["timeseries", "state-timeline", "piechart"].includes(type));
  const figures = panels.filter(({ type }) => ["stat", "gauge"].includes(type));
  expect(withLegend.length).toBeGreaterThan(50);
  expect(withLegend.filter(({ options }) => options?.legend?.showLegend !== true)).toEqual([]);
  expect(figures.filter(({ fieldConfig }) => fieldConfig?.defaults.thresholds === undefined)).toEqual([]);
});

interface GrafanaPanel {
  readonly type: string;
  readonly options?: { readonly legend?: { readonly showLegend: boolean } };
  readonly fieldConfig?: { readonly defaults: { readonly thresholds?: object } };
}
