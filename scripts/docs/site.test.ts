import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromiumPath, launchChromium, openPage } from "@trunkline/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { serveSite } from "./serve-site.ts";

const root = join(import.meta.dirname, "../..");
const site = join(root, "docs/.vitepress/dist");

/** Pixels by which a page is wider than its window. */
const EXCESS = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** Each page's HTML by its address, such as `/services/notifier`. */
const pages = new Map<string, string>();

// A link to a page that is not there fails the build.
beforeAll(async () => {
  await promisify(execFile)(process.execPath, ["scripts/docs.ts"], { cwd: root });
  for (const file of globSync("**/*.html", { cwd: site })) {
    const address = `/${file.replace(/\.html$/, "").replace(/(^|\/)index$/, "$1")}`;
    pages.set(address, readFileSync(join(site, file), "utf8"));
  }
}, 300_000);

it("has no link to a heading that is not there", () => {
  const dead = [...pages].flatMap(([address, html]) =>
    hrefs(html)
      .map((href) => new URL(href, `http://site${address}`))
      .filter(({ host, hash }) => host === "site" && hash !== "")
      .filter(({ pathname, hash }) => !pages.get(pathname)?.includes(`id="${decodeURIComponent(hash.slice(1))}"`))
      .map(({ pathname, hash }) => `${address} → ${pathname}${hash}`),
  );
  expect(dead).toEqual([]);
});

it("leads to every page from the side", () => {
  const side = /<aside class="VPSidebar.*?<\/aside>/s.exec(pages.get("/start") ?? "")?.[0] ?? "";
  const linked = new Set(hrefs(side));
  expect([...pages.keys()].filter((address) => !["/", "/404"].includes(address) && !linked.has(address))).toEqual([]);
});

it("draws its diagrams, and has the AsyncAPI document", () => {
  expect(pages.get("/architecture")).toContain('class="diagram"');
  expect(readFileSync(join(site, "asyncapi.yaml"), "utf8")).toMatch(/^asyncapi: 3/m);
  const links = [...pages].flatMap(([address, html]) =>
    hrefs(html)
      .filter((href) => href.endsWith("asyncapi.yaml"))
      .map((href) => new URL(href, `http://site${address}`).pathname),
  );
  expect(links.length).toBeGreaterThan(2);
  expect(new Set(links)).toEqual(new Set(["/asyncapi.yaml"]));
});

describe("in a browser", () => {
  let browser: Browser;
  let close: () => Promise<void>;
  let origin: string;

  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    [browser, { origin, close }] = await Promise.all([launchChromium(chromiumPath), serveSite(site)]);
  });
  afterAll(async () => {
    await browser?.close();
    await close?.();
  });
  beforeEach(({ skip }) => skip(chromiumPath === undefined, "there is no Chromium on this computer"));

  /** Follows a link of the side, as a reader does, and waits until the other page's heading is there. */
  function follow(page: Page, address: string): Promise<unknown> {
    return page.evaluate(`(async () => {
      const heading = document.querySelector("h1");
      document.querySelector('.VPSidebar a[href="${address}"]').click();
      while ([heading, null].includes(document.querySelector("h1"))) await new Promise(requestAnimationFrame);
    })()`);
  }

  it("shows every page on a telephone, none of them wider than it, without an error", async () => {
    const { page, problems } = await openPage(browser, { width: 390 });
    onTestFinished(() => page.close());
    await page.goto(`${origin}/start`);
    const wide: string[] = [];
    for (const address of pages.keys()) {
      if (["/", "/404", "/start"].includes(address)) continue;
      await follow(page, address);
      const excess = await page.evaluate<number>(EXCESS);
      if (excess > 0) wide.push(`${address}: ${excess} px`);
    }
    expect(wide).toEqual([]);
    expect(problems).toEqual([]);
  });

  it("draws every diagram, by day and by night", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, problems } = await openPage(browser);
      await page.emulateMedia({ colorScheme });
      await page.goto(`${origin}/architecture`);
      await expect.poll(() => page.locator(".diagram svg").count()).toBe(2);
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  it("finds a note by its words", async () => {
    const { page, problems } = await openPage(browser);
    onTestFinished(() => page.close());
    await page.goto(`${origin}/start`);
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("searchbox").fill("Client Reminder");
    await page.getByRole("option").filter({ hasText: "Client Reminder" }).first().click();
    await page.waitForURL(/service-outage-monitor.*client-reminder/);
    expect(problems).toEqual([]);
  });
});

function hrefs(html: string): string[] {
  return [...html.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, href = ""]) => href);
}
