import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { Browser, Page } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
const macApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The Chromium of this computer; undefined when there is none. */
export const chromiumPath = names
  .flatMap((name) => folders.map((folder) => join(folder, name)))
  .concat(macApplications)
  .find(isExecutable);

/** Starts Chromium without a window; it talks to nobody but the pages that are opened. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  // Only few of those who use this package need it.
  const { chromium } = await import("playwright-core");
  const quiet = ["background-networking", "component-update", "sync", "gpu", "quic"].map((part) => `--disable-${part}`);
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: ["--no-first-run", ...quiet, ...root] });
}

/** A page, and everything it complained about. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of scripts, refused or failed requests, broken content policies. */
  readonly problems: string[];
}

/** Chromium gives up what it is loading, from this computer too, when a network comes or goes, such as a container's. */
const NETWORK_CHANGED = "net::ERR_NETWORK_CHANGED";

/** @param width of the window, in CSS pixels */
export async function openPage(browser: Browser, { width = 1280 } = {}): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => {
    const isProblem = ["error", "warning"].includes(message.type()) && !message.text().includes(NETWORK_CHANGED);
    if (isProblem) problems.push(`console: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (reason === NETWORK_CHANGED) {
      // Without its scripts a page is dead; streams of events come back by themselves.
      if (request.resourceType() === "script") page.reload().catch(() => undefined);
      return;
    }
    // The event stream ends this way when its page is left.
    if (reason !== "net::ERR_ABORTED") problems.push(`failed: ${request.method()} ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  return { page, problems };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
