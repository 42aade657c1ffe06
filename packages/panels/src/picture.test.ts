import { chromiumPath, launchChromium, openPage } from "@trunkline/testkit";
import { expect, it } from "vitest";
import { boardOf } from "./board.ts";
import type { Panel } from "./dashboard.ts";
import { preparePage, takePicture } from "./picture.ts";
import { answering, dashboardOf } from "./testing/dashboard-of.ts";

const legend = { showLegend: true, displayMode: "list", placement: "bottom", calcs: [], values: ["value"] };
const view = { span: { start: 600, end: 660, step: 20 }, rateInterval: "20s", width: 600 };

it("every kind of panel is drawn, and what does not fit is said", async ({ skip }) => {
  if (chromiumPath === undefined) return skip("there is no Chromium on this computer");
  await using browser = await launchChromium(chromiumPath);
  const { page, problems } = await openPage(browser);
  await preparePage(page);
  const flawsOf = async (panel: Partial<Panel>) => {
    const targets = [{ refId: "A", expr: "up", legendFormat: "{{job}}" }];
    const dashboard = dashboardOf({ targets, options: { legend }, ...panel });
    const source = answering([{ job: "a" }, 1, 3, 2], [{ job: "b" }, 2, 2, 2]);
    return (await takePicture(page, await boardOf(dashboard, { ...view, source }))).flaws;
  };
  for (const type of ["timeseries", "state-timeline", "stat", "piechart", "gauge"]) {
    expect(await flawsOf({ type }), type).toEqual([]);
  }
  const title = "A title that is longer than the panel is wide ".repeat(3);
  expect(await flawsOf({ title })).toEqual([`${title}: "${title}" does not fit`]);
  expect(await flawsOf({ gridPos: { x: 0, y: 0, w: 12, h: 2 }, type: "state-timeline" })).toHaveLength(1);
  expect(problems).toEqual([]);
});
