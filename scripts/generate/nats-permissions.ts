import { type NatsRights, natsRights, type Subjects } from "@trunkline/bus";
import { natsPeople, passwordVariable } from "./broker-users.ts";
import type { GeneratedFile } from "./generated-file.ts";

const HEAD = `# Written by \`npm run generate\` from the services' definitions.
# To be included in the server's configuration. Passwords are taken from the server's environment: see docs/security.md.
# Whoever is not listed does not get in, and what is not listed is refused.
authorization {
  users: [`;

/** The users of NATS with all that each of them may do. */
export function natsPermissions(definitions: readonly Subjects[]): GeneratedFile {
  const services = definitions.toSorted(byName).map((definition) => user(definition.name, natsRights(definition)));
  const people = Object.entries(natsPeople).map(([name, rights]) => user(name, rights));
  return {
    path: "deploy/nats/permissions.conf",
    text: [HEAD, ...services, ...people, "  ]\n}\n"].join("\n"),
  };
}

function byName(one: Subjects, other: Subjects): number {
  return one.name.localeCompare(other.name, "en");
}

function user(name: string, { publish, subscribe, answers }: NatsRights): string {
  const lines = [
    "{",
    `  user: "${name}"`,
    `  password: $${passwordVariable("NATS", name)}`,
    "  permissions: {",
    ...allowed("publish", publish),
    ...allowed("subscribe", subscribe),
    ...(answers.max === 0
      ? []
      : [`    allow_responses: { max: ${answers.max}, expires: "${answers.withinMs / 1000}s" }`]),
    "  }",
    "}",
  ];
  return lines.map((line) => `    ${line}`).join("\n");
}

function allowed(what: string, subjects: readonly string[]): string[] {
  if (subjects.length === 0) return [`    ${what}: { deny: ">" }`];
  return [`    ${what}: { allow: [`, ...subjects.map((subject) => `      "${subject}"`), "    ] }"];
}
