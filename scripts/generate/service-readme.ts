import type { Contract } from "@trunkline/contracts";
import type { ServiceDefinition } from "@trunkline/service";
import { alertsOf } from "./alerts-of.ts";
import { ownVariables, variablesTable } from "./configuration-page.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { markdownTable } from "./markdown-table.ts";
import { kindOf } from "./subjects-page.ts";
import { thirdPartyCalls } from "./third-party-calls.ts";
import { writingsSection } from "./writings.ts";

type Described = Omit<ServiceDefinition, "start">;

const HEADING = "## By definition";
const NOTE = "<!-- From the heading above on, written by `npm run generate` from src/service.ts. -->";

export function readmePath({ name }: Pick<Described, "name">): string {
  return `services/${name}/README.md`;
}

/**
 * The README of a service: what people wrote, and at its end what follows from the definition.
 *
 * @param written the README as it is, with or without such an end
 */
export function serviceReadme(definition: Described, written: string): GeneratedFile {
  const [byPeople = ""] = written.split(`\n${HEADING}\n`);
  const { name, summary } = definition;
  const text = [
    byPeople.trim() === "" ? `# ${name}\n\n${summary}` : byPeople.trimEnd(),
    HEADING,
    NOTE,
    ...facts(definition),
  ].join("\n\n");
  return { path: readmePath(definition), text: `${text.trimStart()}\n` };
}

function facts(definition: Described): string[] {
  const { name, serves, consumes, asks, publishes, schedules, jobs, redis } = definition;
  const answers = [...serves, ...consumes];
  const lists = {
    "Asks for": subjects(asks),
    Publishes: subjects(publishes),
    "Runs by schedule": code(schedules),
    "Puts down as delayed jobs": code(jobs),
    "Has a Redis of its own for": code(redis),
    "Alerts beside those about every service": alertsOf(name, definition).map(runbookLink).join(", "),
  };
  const lines = Object.entries(lists).filter(([, list]) => list !== "");
  const variables = ownVariables(definition);
  return [
    ...(answers.length === 0 ? [] : ["### Subjects", subjectsTable(name, answers)]),
    ...(lines.length === 0 ? [] : ["### What it uses", lines.map(([what, list]) => `- ${what}: ${list}`).join("\n")]),
    ...writingsSection(definition),
    ...(variables.length === 0 ? [] : ["### Settings", variablesTable(variables)]),
    "What every service reads is listed in [Configuration](../../docs/configuration.md#every-service), what every " +
      "service measures in [Observability](../../docs/observability.md), who asks whom in [Subjects](../../docs/subjects.md).",
  ];
}

function subjectsTable(service: string, contracts: readonly Contract[]): string {
  // The notifier's addresses are settings, not paths of somebody's API.
  const calls = service.endsWith("-bridge") ? thirdPartyCalls(service) : new Map<string, ReadonlySet<string>>();
  const head = ["Subject", "Kind", "What it is"];
  const rows = contracts.map((contract) => [`\`${contract.subject}\``, kindOf(contract), contract.description]);
  if (calls.size === 0) return markdownTable(head, rows);
  const asked = contracts.map(({ subject }) => [...(calls.get(subject) ?? [])].map((call) => `\`${call}\``).join(", "));
  return markdownTable(
    [...head, "Asks the third party for"],
    rows.map((row, index) => [...row, asked[index] ?? ""]),
  );
}

function runbookLink(alert: string): string {
  return `[${alert}](../../docs/runbooks/${alert}.md)`;
}

function subjects(contracts: readonly Contract[]): string {
  return code(contracts.map(({ subject }) => subject));
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
