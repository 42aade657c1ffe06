import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { DefaultTheme } from "vitepress";

const root = join(import.meta.dirname, "../..");

/** Every page of the site; those of services, decisions and runbooks are found in their folders. */
export function sidebar(): DefaultTheme.SidebarItem[] {
  return [
    { text: "Start here", items: pages("", ["start", "architecture", "compatibility", "differences"]) },
    {
      text: "Operations",
      items: [
        ...pages("", ["operations", "moving-over", "configuration", "security", "observability", "troubleshooting"]),
        { text: "Runbooks", collapsed: true, items: pages("runbooks", all("docs/runbooks/*.md")) },
      ],
    },
    { text: "Services", items: pages("services", readmes("services")) },
    { text: "Messages", items: pages("", ["subjects", "fault-table"]) },
    {
      text: "Development",
      items: [
        ...pages("", ["contributing", "adding-a-bridge", "adding-a-monitor", "scenarios", "soak", "benchmarks"]),
        ...pages("packages", readmes("packages")),
      ],
    },
    { text: "Decisions", collapsed: true, link: "/decisions/", items: pages("decisions", all("docs/decisions/*.md")) },
  ].map((group) => ({ collapsed: false, ...group }));
}

function pages(folder: string, names: readonly string[]): DefaultTheme.SidebarItem[] {
  const isReadme = folder === "services" || folder === "packages";
  return names
    .map((name) => ({ name, file: isReadme ? `${folder}/${name}/README.md` : join("docs", folder, `${name}.md`) }))
    .filter(({ file }) => existsSync(join(root, file)))
    .map(({ name, file }) => ({ text: titleOf(file), link: folder === "" ? `/${name}` : `/${folder}/${name}` }));
}

function titleOf(file: string): string {
  return /^# (.+)$/m.exec(readFileSync(join(root, file), "utf8"))?.[1]?.replaceAll("`", "") ?? basename(file, ".md");
}

function all(pattern: string): string[] {
  const names = globSync(pattern, { cwd: root }).map((file) => basename(file, ".md"));
  return names.filter((name) => name !== "README").sort();
}

function readmes(group: string): string[] {
  return globSync(`${group}/*/README.md`, { cwd: root })
    .map((file) => file.split("/")[1] ?? "")
    .sort();
}
