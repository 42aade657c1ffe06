import { basename } from "node:path";
import type { GeneratedFile } from "./generated-file.ts";
import { markdownTable } from "./markdown-table.ts";

/** A runbook as it lies in `docs/runbooks`. */
export interface Runbook {
  readonly path: string;
  readonly text: string;
}

/** Every alert with its runbook: the critical ones first, since these wake people. */
export function alertsPage(runbooks: readonly Runbook[]): GeneratedFile {
  const rows = runbooks.map(row).sort(([one = ""], [other = ""]) => one.localeCompare(other, "en"));
  const isCritical = ([, severity = ""]: readonly string[]) => severity.startsWith("critical");
  const text = [
    "# Alerts",
    "<!-- Written by `npm run generate` from docs/runbooks. -->",
    "Slack hears of all of them, telephones of what is critical; each is told once when it begins and once when it is over " +
      "([how](decisions/alerts.md)). The page of each says what to look at and what to do.",
    "## Critical",
    table(rows.filter(isCritical)),
    "## Warnings",
    table(rows.filter((each) => !isCritical(each))),
  ];
  return { path: "docs/alerts.md", text: `${text.join("\n\n")}\n` };
}

function table(rows: readonly (readonly string[])[]): string {
  return markdownTable(["Alert", "Severity", "What it means"], rows);
}

function row({ path, text }: Runbook): string[] {
  const [, name = basename(path, ".md")] = /^# (.+)$/m.exec(text) ?? [];
  const [, severity = ""] = /^Severity: (.+)\.$/m.exec(text) ?? [];
  const [, meaning = ""] = /^## What it means\n\n(.+)$/m.exec(text) ?? [];
  // The page goes on from there.
  const [first = ""] = meaning.split(/(?<=[.:])\s/);
  return [`[${name}](runbooks/${basename(path)})`, severity, first.replace(/:$/, ".")];
}
