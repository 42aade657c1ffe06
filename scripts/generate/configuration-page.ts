import { type ConfigRow, describeConfig, type ServiceDefinition } from "@trunkline/service";
import type { GeneratedFile } from "./generated-file.ts";
import { markdownTable } from "./markdown-table.ts";

type Described = Pick<ServiceDefinition, "name" | "summary" | "config" | "redis">;

/** Every environment variable of every service, as a page for operators. */
export function configurationPage(definitions: readonly Described[]): GeneratedFile {
  const sections = definitions.toSorted(byName).map((definition) => {
    const own = ownVariables(definition);
    const variables = own.length === 0 ? "No variables of its own." : variablesTable(own);
    return [`## ${definition.name}`, definition.summary, variables];
  });
  const text = [
    "# Configuration",
    "<!-- Written by `npm run generate` from the services' definitions. -->",
    "A service reads its configuration from environment variables when it starts, and stops with the variable's name " +
      "when one is missing or wrong. Each can also be given as a file: `NAME_FILE` holds the path of a file whose " +
      "content is the value, which is how secrets are mounted.",
    "## Every service",
    variablesTable(commonVariables()),
    ...sections.flat(),
  ];
  return { path: "docs/configuration.md", text: `${text.join("\n\n")}\n` };
}

function byName(one: Described, other: Described): number {
  return one.name.localeCompare(other.name, "en");
}

/** The variables of one service that not every service has. */
export function ownVariables(definition: Pick<ServiceDefinition, "config" | "redis">): ConfigRow[] {
  const ofEveryService = new Set(commonVariables().map(({ variable }) => variable));
  return describeConfig(definition).filter(({ variable }) => !ofEveryService.has(variable));
}

export function variablesTable(rows: readonly ConfigRow[]): string {
  return markdownTable(
    ["Variable", "Meaning", "Expected", "Default"],
    rows.map((row) => [`\`${row.variable}\``, row.description, row.expected, defaultCell(row)]),
  );
}

function commonVariables(): ConfigRow[] {
  return describeConfig({ config: {}, redis: [] });
}

function defaultCell({ required, secret, default: value }: ConfigRow): string {
  if (required) return secret ? "required, secret" : "required";
  if (secret) return "optional, secret";
  return value === undefined || value === "" ? "none" : `\`${value}\``;
}
