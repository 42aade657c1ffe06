import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getLinksWithEdgeInfo, slackNotification } from "@trunkline/contracts";
import { seconds } from "@trunkline/service";
import { expect, it } from "vitest";
import { readmePath, serviceReadme } from "./service-readme.ts";

const nothing = { serves: [], asks: [], publishes: [], consumes: [], redis: [], schedules: [], jobs: [], config: {} };
const monitor = {
  ...nothing,
  name: "silent-edge-monitor",
  summary: "Silent edges.",
  config: { SILENT_AFTER: seconds().default(3600).describe("how long is too long") },
  asks: [getLinksWithEdgeInfo],
  publishes: [slackNotification],
  schedules: ["silence"],
};

it("keeps what people wrote and adds what follows from the definition", () => {
  const { path, text } = serviceReadme(monitor, "# silent-edge-monitor\n\nBy people.\n");

  expect(path).toBe("services/silent-edge-monitor/README.md");
  expect(text).toMatch(/^# silent-edge-monitor\n\nBy people.\n\n## By definition\n/);
  expect(text).toContain("- Asks for: `get.links.with.edge.info`\n- Publishes: `notification.slack.request`\n");
  expect(text).toContain("- Runs by schedule: `silence`");
  expect(text).toContain("| `SILENT_AFTER` | how long is too long |");
});

it("changes nothing the second time, and replaces what no longer holds", () => {
  const { text } = serviceReadme(monitor, "# silent-edge-monitor\n");

  expect(serviceReadme(monitor, text).text).toBe(text);
  expect(serviceReadme({ ...monitor, schedules: [] }, text).text).not.toContain("Runs by schedule");
});

it("has a table of what is answered", () => {
  const { text } = serviceReadme({ ...nothing, name: "b", summary: "", serves: [getLinksWithEdgeInfo] }, "");

  expect(text).toMatch(/^\| `get.links.with.edge.info` \| request, read, \d+ s \| .* \|$/m);
});

it("every service's page names the metrics that only it tells of", () => {
  const root = join(import.meta.dirname, "../..");
  const sources = globSync("services/*/src/**/*.ts", { cwd: root }).filter((file) => !file.endsWith(".test.ts"));
  const metrics = sources.flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const names = text.includes("prom-client") ? text.matchAll(/(?:name: |counter\()"([a-z]+(?:_[a-z]+)+)"/g) : [];
    return [...names].map(([, metric = ""]) => ({ metric, page: readmePath({ name: file.split("/")[1] ?? "" }) }));
  });
  expect(metrics.length).toBeGreaterThan(8);
  const missing = metrics.filter(({ metric, page }) => !readFileSync(join(root, page), "utf8").includes(metric));
  expect(missing).toEqual([]);
});
