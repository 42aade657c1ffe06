import type { Contract } from "@trunkline/contracts";
import type { ServiceDefinition } from "@trunkline/service";
import type { GeneratedFile } from "./generated-file.ts";
import { markdownTable } from "./markdown-table.ts";

type Described = Pick<ServiceDefinition, "name" | "summary" | "serves" | "asks" | "publishes" | "consumes">;

/** Every NATS subject: who answers it, what it does, and who uses it. */
export function subjectsPage(definitions: readonly Described[]): GeneratedFile {
  const sections = definitions
    .toSorted((one, other) => one.name.localeCompare(other.name, "en"))
    .filter(({ serves, consumes }) => serves.length + consumes.length > 0)
    .flatMap((definition) => [`## ${definition.name}`, definition.summary, table(definition, definitions)]);
  const text = [
    "# Subjects",
    "<!-- Written by `npm run generate` from the services' definitions. -->",
    "A request is `{request_id, body}` and gets `{request_id, body, status}` back. A `write` changes something at a " +
      "third party: it carries an idempotency key, is recorded in the audit trail, and is withheld outside production. " +
      "Headers and schemas stand in the [AsyncAPI document](asyncapi.yaml); `nats micro info <service>` shows those of a " +
      "running service.",
    ...sections,
  ];
  return { path: "docs/subjects.md", text: `${text.join("\n\n")}\n` };
}

function table({ serves, consumes }: Described, definitions: readonly Described[]): string {
  return markdownTable(
    ["Subject", "Kind", "What it is", "Queue group", "Used by"],
    [...serves, ...consumes].map((contract) => [
      `\`${contract.subject}\``,
      kindOf(contract),
      contract.description,
      `\`${contract.queueGroup}\``,
      usersOf(contract, definitions).join(", ") || "none here",
    ]),
  );
}

export function kindOf(contract: Contract): string {
  if (contract.kind === "request") return `request, ${contract.effect}, ${contract.timeoutMs / 1000} s`;
  return contract.stream === null ? "message" : `message, kept in \`${contract.stream}\``;
}

function usersOf({ subject }: Contract, definitions: readonly Described[]): string[] {
  const uses = ({ asks, publishes }: Described) => [...asks, ...publishes].some((used) => used.subject === subject);
  return definitions.filter(uses).map(({ name }) => name);
}
