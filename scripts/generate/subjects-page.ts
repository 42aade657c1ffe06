import type { Contract } from "@trunkline/contracts";
import type { ServiceDefinition } from "@trunkline/service";
import type { GeneratedFile } from "./generated-file.ts";

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
      "`nats micro info <service>` shows the schemas of a running one.",
    ...sections,
  ];
  return { path: "docs/subjects.md", text: `${text.join("\n\n")}\n` };
}

function table({ serves, consumes }: Described, definitions: readonly Described[]): string {
  const lines = [...serves, ...consumes].map((contract) => {
    const cells = [
      `\`${contract.subject}\``,
      kindOf(contract),
      contract.description,
      `\`${contract.queueGroup}\``,
      usersOf(contract, definitions).join(", ") || "none here",
    ];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  const head = ["| Subject | Kind | What it is | Queue group | Used by |", "| --- | --- | --- | --- | --- |"];
  return [...head, ...lines].join("\n");
}

function kindOf(contract: Contract): string {
  if (contract.kind === "request") return `request, ${contract.effect}, ${contract.timeoutMs / 1000} s`;
  return contract.stream === null ? "message" : `message, kept in \`${contract.stream}\``;
}

function usersOf({ subject }: Contract, definitions: readonly Described[]): string[] {
  const uses = ({ asks, publishes }: Described) => [...asks, ...publishes].some((used) => used.subject === subject);
  return definitions.filter(uses).map(({ name }) => name);
}
