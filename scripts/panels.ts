import { join } from "node:path";
import { parseArgs } from "node:util";
import { readDashboards } from "@trunkline/panels";
import { chromiumPath } from "@trunkline/testkit";
import { drawDashboards } from "./panels/draw.ts";
import { playScene } from "./panels/scene.ts";
import { shrink } from "./panels/shrink.ts";
import { openStage } from "./panels/stage.ts";

/*
 * npm run panels                            draws every dashboard into docs/images/dashboards
 * npm run panels -- --minutes 1 --folder x  sooner, with less to see, elsewhere
 */
const { values } = parseArgs({
  options: {
    /** How long the engine is watched before its dashboards are drawn. */
    minutes: { type: "string", default: "6" },
    browser: { type: "string" },
    folder: { type: "string", default: "docs/images/dashboards" },
  },
});
const seconds = Number(values.minutes) * 60;
if (!Number.isFinite(seconds) || seconds < 30) throw new Error("--minutes is a number from 0.5 on");
const chromium = values.browser ?? chromiumPath;
if (chromium === undefined) throw new Error("there is no Chromium on this computer: name one with --browser");

console.log("  starting the engine and Prometheus");
await using stage = await openStage({ runIn: "processes" });
console.log(`  ${values.minutes} minutes with outages`);
await playScene(stage, seconds);
const dashboards = await readDashboards("deploy/grafana/dashboards");
const source = stage.prometheus;
const complaints = await drawDashboards({ dashboards, source, seconds, folder: values.folder, chromium });
const pictures = dashboards.map(({ name }) => join(values.folder, `${name}.png`));
if ((await shrink(pictures)) === "no pngquant") console.log("  left large: pngquant is not on this machine");
for (const picture of pictures) console.log(`  ${picture}`);
for (const complaint of complaints) console.log(`  ! ${complaint}`);
process.exitCode = complaints.length === 0 ? 0 : 1;
