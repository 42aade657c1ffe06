import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig } from "vitepress";
import { addressOf, followFiles } from "./addresses.ts";
import { breakLongNames, drawDiagrams } from "./rendering.ts";
import { sidebar } from "./sidebar.ts";

/** GitLab serves a project's pages below a path of their own. */
const { pathname: base } = new URL(`${process.env.CI_PAGES_URL ?? "http://localhost"}/`);

/**
 * The site is made of the repository's own pages where they lie, so that their links hold both here and in a
 * repository browser: docs/, and the READMEs of services and packages.
 */
export default defineConfig({
  title: "Trunkline",
  description: "Automation engine for teams that support other companies' networks",
  base,
  head: [["link", { rel: "icon", href: `${base}logo.svg` }]],
  srcDir: "..",
  srcExclude: ["scripts/**"],
  rewrites: addressOf,
  markdown: {
    config(markdown) {
      followFiles(markdown);
      drawDiagrams(markdown);
      breakLongNames(markdown);
    },
  },
  // The file of this name that VitePress would look for is also what services keep their configuration in.
  additionalConfig: {},
  // Its tables are as wide as there are kinds of faults.
  transformPageData: ({ relativePath, frontmatter }) =>
    relativePath === "fault-table.md" ? { frontmatter: { ...frontmatter, aside: false } } : undefined,
  cleanUrls: true,
  ignoreDeadLinks: "localhostLinks",
  themeConfig: {
    nav: [
      { text: "Start", link: "/start" },
      { text: "Notes", link: "/notes" },
      { text: "Services", link: "/services/bruin-bridge", activeMatch: "^/services/" },
      { text: "Subjects", link: "/subjects" },
      { text: "Operations", link: "/operations" },
      { text: "Alerts", link: "/alerts", activeMatch: "^/(alerts|runbooks/.*)$" },
      { text: "Troubleshooting", link: "/troubleshooting" },
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: "local" },
  },
  // Its diagrams come on demand and in many pieces; none of them is on the way to a page's text.
  vite: { publicDir: false, build: { chunkSizeWarningLimit: 2_000 } },
  async buildEnd({ srcDir, outDir }) {
    await copyFile(join(srcDir, "docs/asyncapi.yaml"), join(outDir, "asyncapi.yaml"));
    await copyFile(join(srcDir, "packages/sandbox/src/console/public/logo.svg"), join(outDir, "logo.svg"));
  },
});
