import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { hasPromtool, NO_PROMTOOL, promtoolTest } from "../testing/promtool.ts";

const root = new URL("../../../../", import.meta.url);
const folderOf = (path: string) => new URL(path, root);
const filesIn = (path: string) => readdirSync(folderOf(path)).map((file) => new URL(file, folderOf(path)));

interface Rule {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const rules = filesIn("deploy/prometheus/rules/").flatMap((file) => {
  const { groups } = parse(readFileSync(file, "utf8")) as { groups: { rules: Rule[] }[] };
  return groups.flatMap((group) => group.rules);
});
const tests = filesIn("deploy/prometheus/tests/");
/** What the service `alerts` notices by itself. */
const builtIn = ["ServiceDown", "ScheduleOverdue", "DeadLetters"];

it("fire when they should and are silent otherwise", { timeout: 60_000 }, async ({ skip }) => {
  skip(!hasPromtool, NO_PROMTOOL);
  await promtoolTest(...tests.map((file) => fileURLToPath(file)));
});

describe.each(rules.map((rule) => [rule.alert, rule] as const))("%s", (alert, { labels, annotations }) => {
  it("says how urgent it is, and what the matter is", () => {
    expect(["critical", "warning"]).toContain(labels.severity);
    expect(annotations.summary).toMatch(/\S/);
    expect(annotations.description).toMatch(/\S/);
  });

  it("has a runbook that says what it means, what to look at and what to do", () => {
    expect(annotations.runbook_url).toBe(`docs/runbooks/${alert}.md`);
    expect(runbook(alert).match(/^##? .*/gm)).toEqual([
      `# ${alert}`,
      "## What it means",
      "## What to look at",
      "## What to do",
    ]);
  });

  it("is tested to fire", () => {
    const parsed = tests.flatMap((file) => (parse(readFileSync(file, "utf8")) as { tests: UnitTest[] }).tests);
    const checks = parsed
      .flatMap(({ alert_rule_test }) => alert_rule_test)
      .filter((check) => check.alertname === alert);
    expect(checks.some(({ exp_alerts }) => exp_alerts.length > 0)).toBe(true);
  });
});

interface UnitTest {
  readonly alert_rule_test: { readonly alertname: string; readonly exp_alerts: readonly unknown[] }[];
}

it("every runbook belongs to an alert, and what alerts notices by itself has one too", () => {
  const pages = readdirSync(folderOf("docs/runbooks/")).map((file) => file.replace(/\.md$/, ""));
  expect(pages.toSorted()).toEqual([...new Set([...rules.map(({ alert }) => alert), ...builtIn])].toSorted());
});

function runbook(alert: string): string {
  return readFileSync(new URL(`docs/runbooks/${alert}.md`, root), "utf8");
}
