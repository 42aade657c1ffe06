import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DefaultTheme } from "vitepress";
import { addressOf } from "./addresses.ts";

const root = join(import.meta.dirname, "../..");

/** In this order where order matters; a page that is named nowhere is found by its folder. */
const start = docs("start", "architecture", "notes", "compatibility", "differences");
const operations = [
  ...docs("operations", "operations/compose", "operations/helm"),
  "deploy/README.md",
  ...docs("configuration", "security", "observability", "troubleshooting", "moving-over"),
];
const alerts = docs("alerts");
const messages = docs("subjects", "fault-table");
const development = docs(
  "contributing",
  "adding-a-bridge",
  "adding-a-monitor",
  "scenarios",
  "soak",
  "pipeline",
  "benchmarks",
);

/** Every page of the site. */
export function sidebar(): DefaultTheme.SidebarItem[] {
  const named = new Set([...start, ...operations, ...alerts, ...messages, ...development]);
  const others = found("{docs/{*,operations/*},{deploy,helm}/**/README}.md").filter((file) => !named.has(file));
  return [
    { text: "Start here", items: pages(start) },
    { text: "Operations", items: pages([...operations, ...others]) },
    { text: "Runbooks", collapsed: true, items: pages([...alerts, ...found("docs/runbooks/*.md")]) },
    { text: "Services", items: pages(found("services/*/README.md")) },
    { text: "Messages", items: pages(messages) },
    { text: "Development", items: pages([...development, ...found("packages/*/README.md")]) },
    { text: "Decisions", collapsed: true, items: pages(["docs/decisions/README.md", ...decisions()]) },
  ].map((group) => ({ collapsed: false, ...group }));
}

function docs(...names: string[]): string[] {
  return names.map((name) => `docs/${name}.md`);
}

function decisions(): string[] {
  return found("docs/decisions/*.md").filter((file) => !file.endsWith("README.md"));
}

function found(pattern: string): string[] {
  return globSync(pattern, { cwd: root, exclude: ["**/node_modules/**"] }).sort();
}

function pages(files: readonly string[]): DefaultTheme.SidebarItem[] {
  return files.map((file) => ({ text: titleOf(file), link: `/${addressOf(file).replace(/\.md$/, "")}` }));
}

function titleOf(file: string): string {
  const [, title = file] = /^# (.+)$/m.exec(readFileSync(join(root, file), "utf8")) ?? [];
  return title.replaceAll("`", "");
}
