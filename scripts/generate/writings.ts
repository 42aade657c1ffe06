import type { ServiceDefinition, Writing } from "@trunkline/service";

type Place = Writing["where"];

/** Headings of a service's page, in this order. */
export const places: Readonly<Record<Place, string>> = {
  ticket: "Notes on tickets",
  Slack: "On Slack",
  SMS: "By SMS",
  "e-mail": "By e-mail",
  customer: "Mails that Bruin sends to a ticket's contacts",
};

/** What a service writes for people, with an example of each; nothing for a service that writes nothing. */
export function writingsSection({ writes = [] }: Pick<ServiceDefinition, "writes">): string[] {
  return Object.entries(places).flatMap(([place, heading]) => {
    const written = writes.filter(({ where }) => where === place);
    return written.length === 0 ? [] : [`### ${heading}`, ...written.flatMap(describe)];
  });
}

function describe({ title, when, next, example }: Writing): string[] {
  return [
    `#### ${title}`,
    when,
    ...(example === undefined ? [] : [`\`\`\`text\n${example()}\n\`\`\``]),
    ...(next === undefined ? [] : [next]),
  ];
}
