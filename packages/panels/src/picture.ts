import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import type { BoardDrawing } from "./drawing.ts";

const uPlotFolder = dirname(fileURLToPath(import.meta.resolve("uplot")));

/** A dashboard as it looks, and what is wrong with the look of it. */
export interface Picture {
  readonly png: Buffer;
  /** Texts that do not fit, panels on which nothing was drawn; one sentence each. */
  readonly flaws: readonly string[];
}

/** What `page/draw.js` puts on the page. */
interface Drawer {
  drawBoard(board: BoardDrawing): void;
}

/** Makes an empty page one that pictures can be taken on. */
export async function preparePage(page: Page): Promise<void> {
  await page.setContent("<!doctype html>");
  await page.addStyleTag({ path: join(uPlotFolder, "uPlot.min.css") });
  await page.addStyleTag({ path: join(import.meta.dirname, "page/page.css") });
  await page.addScriptTag({ path: join(uPlotFolder, "uPlot.iife.min.js") });
  await page.addScriptTag({ path: join(import.meta.dirname, "page/draw.js") });
}

/** Draws a dashboard on a prepared page. */
export async function takePicture(page: Page, board: BoardDrawing): Promise<Picture> {
  await page.evaluate((each) => (globalThis as unknown as Drawer).drawBoard(each), board);
  // uPlot draws its lines in a microtask.
  const flaws = await page.evaluate<string[]>("Promise.resolve().then(flaws)");
  return { png: await page.screenshot({ fullPage: true, animations: "disabled" }), flaws };
}
