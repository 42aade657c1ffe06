import { expect, it } from "vitest";
import { alertsPage } from "./alerts-page.ts";

const runbook = (name: string, severity: string) => ({
  path: `docs/runbooks/${name}.md`,
  text: `# ${name}\n\nSeverity: ${severity}.\n\n## What it means\n\n${name} is bad: very bad. More.\n\n## What to do\n`,
});

it("lists what wakes people first, each with its page and what it means", () => {
  const { text } = alertsPage([
    runbook("B", "warning; told by `alerts`"),
    runbook("A", "warning"),
    runbook("C", "critical"),
  ]);

  expect(text.match(/^\| \[.*$/gm)).toEqual([
    "| [C](runbooks/C.md) | critical | C is bad. |",
    "| [A](runbooks/A.md) | warning | A is bad. |",
    "| [B](runbooks/B.md) | warning; told by `alerts` | B is bad. |",
  ]);
});
