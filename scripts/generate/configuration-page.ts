import { type ConfigRow, describeConfig, type ServiceDefinition } from "@trunkline/service";
import type { GeneratedFile } from "./generated-file.ts";

type Described = Pick<ServiceDefinition, "name" | "summary" | "config" | "redis">;

/** Every environment variable of every service, as a page for operators. */
export function configurationPage(definitions: readonly Described[]): GeneratedFile {
  const common = describeConfig({ config: {}, redis: [] });
  const ofEveryService = new Set(common.map(({ variable }) => variable));
  const sections = definitions.toSorted(byName).map((definition) => {
    const own = describeConfig(definition).filter(({ variable }) => !ofEveryService.has(variable));
    return [`## ${definition.name}`, definition.summary, own.length === 0 ? "No variables of its own." : table(own)];
  });
  const text = [
    "# Configuration",
    "<!-- Written by `npm run generate` from the services' definitions. -->",
    "A service reads its configuration from environment variables when it starts, and stops with the variable's name " +
      "when one is missing or wrong. Each can also be given as a file: `NAME_FILE` holds the path of a file whose " +
      "content is the value, which is how secrets are mounted.",
    "## Every service",
    table(common),
    ...sections.flat(),
  ];
  return { path: "docs/configuration.md", text: `${text.join("\n\n")}\n` };
}

function byName(one: Described, other: Described): number {
  return one.name.localeCompare(other.name, "en");
}

function table(rows: readonly ConfigRow[]): string {
  const lines = rows.map((row) => {
    const cells = [`\`${row.variable}\``, row.description, row.expected, defaultCell(row)];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return ["| Variable | Meaning | Expected | Default |", "| --- | --- | --- | --- |", ...lines].join("\n");
}

function defaultCell({ required, secret, default: value }: ConfigRow): string {
  if (required) return secret ? "required, secret" : "required";
  if (secret) return "optional, secret";
  return value === undefined || value === "" ? "none" : `\`${value}\``;
}
