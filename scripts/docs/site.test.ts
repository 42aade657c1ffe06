import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const site = join(root, "docs/.vitepress/dist");

/** Each page's HTML by its address, such as `/services/notifier`. */
const pages = new Map<string, string>();

// A link to a page that is not there fails the build.
beforeAll(async () => {
  await promisify(execFile)(process.execPath, ["scripts/docs.ts"], { cwd: root });
  for (const file of globSync("**/*.html", { cwd: site })) {
    const address = `/${file.replace(/\.html$/, "").replace(/(^|\/)index$/, "$1")}`;
    pages.set(address, readFileSync(join(site, file), "utf8"));
  }
}, 120_000);

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
  const linked = new Set(hrefs(pages.get("/") ?? ""));
  expect([...pages.keys()].filter((address) => address !== "/404" && !linked.has(address))).toEqual([]);
});

it("draws its diagrams, and has the AsyncAPI document", () => {
  expect(pages.get("/architecture")).toContain('class="diagram"');
  expect(readFileSync(join(site, "asyncapi.yaml"), "utf8")).toMatch(/^asyncapi: 3/m);
});

function hrefs(html: string): string[] {
  return [...html.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, href = ""]) => href);
}
