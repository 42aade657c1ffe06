import { withheldMessage } from "@trunkline/bus";
import { createOutageTicket } from "@trunkline/contracts";
import type { ServiceDefinition, Writing } from "@trunkline/service";
import type { GeneratedFile } from "./generated-file.ts";
import { markdownTable } from "./markdown-table.ts";
import { places } from "./writings.ts";

type Described = Pick<ServiceDefinition, "name" | "writes">;

const LONGEST_BEGINNING = 70;

/** For whoever holds a text in their hands: what it is, who wrote it and where that is explained. */
export function notesPage(definitions: readonly Described[]): GeneratedFile {
  const sections = Object.entries(places).flatMap(([place, heading]) => {
    const rows = definitions
      .toSorted((one, other) => one.name.localeCompare(other.name, "en"))
      .flatMap(({ name, writes = [] }) => writes.filter(({ where }) => where === place).map((one) => row(name, one)));
    return rows.length === 0 ? [] : [`## ${heading}`, markdownTable(["It begins with", "What it is", "From"], rows)];
  });
  const withheld = withheldMessage("service-outage-monitor", createOutageTicket.subject, {
    client_id: 501,
    service_number: "VC0500001234",
  });
  const text = [
    "# Notes and messages",
    "<!-- Written by `npm run generate` from the services' definitions. -->",
    "What the engine writes for people, by how it begins. Each links to the page that says when it is written, shows all of " +
      "it, and says what comes next. The first line of a note, the same for all of them, is left out here.",
    ...sections,
    "## Outside production",
    "Nothing of this is written on tickets or sent to customers. Slack is told of each once, a day long:",
    `\`\`\`text\n${withheld}\n\`\`\``,
  ];
  return { path: "docs/notes.md", text: `${text.join("\n\n")}\n` };
}

function row(service: string, writing: Writing): string[] {
  const link = `[${writing.title}](../services/${service}/README.md#${anchorOf(writing.title)})`;
  return [writing.example === undefined ? "(worded by Bruin)" : `\`${beginningOf(writing.example())}\``, link, service];
}

function beginningOf(text: string): string {
  const [first = ""] = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#*"));
  const short = first.length > LONGEST_BEGINNING ? `${first.slice(0, LONGEST_BEGINNING)}…` : first;
  return short.replaceAll("`", "'");
}

/** Titles are plain words, of which the site and repository browsers make the same. */
function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(" ", "-");
}
