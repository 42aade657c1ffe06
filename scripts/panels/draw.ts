import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { boardOf, complaintsAbout, type DashboardFile, preparePage, type Source, takePicture } from "@trunkline/panels";
import { launchChromium } from "@trunkline/testkit";
import { RATE_INTERVAL } from "./stage.ts";

const WIDTH = 1_280;
const MARGIN = 16;

export interface DrawOptions {
  readonly dashboards: readonly DashboardFile[];
  readonly source: Source;
  /** What is shown, up to now. */
  readonly seconds: number;
  /** Gets a picture of each dashboard. */
  readonly folder: string;
  /** Path of a Chromium. */
  readonly chromium: string;
}

/** Draws dashboards with what Prometheus has for them. @returns what a reader could not read, one sentence each */
export async function drawDashboards(options: DrawOptions): Promise<string[]> {
  await mkdir(options.folder, { recursive: true });
  await using browser = await launchChromium(options.chromium);
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 800 } });
  await preparePage(page);
  const complaints: string[] = [];
  for (const { name, dashboard } of options.dashboards) {
    const board = await boardOf(dashboard, {
      source: options.source,
      span: spanOf(options.seconds),
      rateInterval: RATE_INTERVAL,
      width: WIDTH - 2 * MARGIN,
    });
    const { png, flaws } = await takePicture(page, board);
    await writeFile(join(options.folder, `${name}.png`), png);
    complaints.push(...complaintsAbout(board), ...flaws.map((flaw) => `${dashboard.title}: ${flaw}`));
  }
  return complaints;
}

/** As Grafana has it: a point for every two pixels or so, but not more often than is scraped. */
function spanOf(seconds: number) {
  const end = Math.floor(Date.now() / 1_000);
  const step = Math.max(2, Math.ceil(seconds / 300));
  return { start: end - seconds, end, step };
}
