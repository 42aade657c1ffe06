import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { serviceCatalogue } from "../demo/service-catalogue.ts";
import { notesPage } from "./notes-page.ts";
import { writingsSection } from "./writings.ts";

const root = join(import.meta.dirname, "../..");
const definitions = (await serviceCatalogue()).map(({ definition }) => definition);

/** What has to be shown when another function is used. */
const rendersWithin = { appendTriage: "renderTriage" } as const;

it.each(definitions)("$name shows an example of each note that it renders", ({ name }) => {
  const files = globSync(`services/${name}/src/**/*.ts`, { cwd: root }).filter(
    (file) => !/\.test\.ts$|\/testing\//.test(file),
  );
  const rendered = new Set<string>();
  const shown = new Set<string>();
  for (const file of files) {
    const text = readFileSync(join(root, file), "utf8");
    const isExample = /\/writings(\/|\.ts$)/.test(file);
    for (const [renderer] of text.matchAll(/\brender[A-Z]\w+|\bappendTriage\b/g)) {
      (isExample ? shown : rendered).add(rendersWithin[renderer as "appendTriage"] ?? renderer);
    }
  }
  expect([...shown].sort()).toEqual([...rendered].sort());
});

it("no kind of note is without a service that shows it", () => {
  const index = readFileSync(join(root, "packages/notes/src/index.ts"), "utf8");
  const renderers = index.match(/\brender[A-Z]\w+/g) ?? [];
  expect(renderers.length).toBeGreaterThan(6);
  const examples = globSync("services/*/src/{writings.ts,writings/*.ts}", { cwd: root })
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("\n");
  expect(
    renderers.filter((renderer) => !examples.includes(`${renderer}(`) && !examples.includes(`: ${renderer},`)),
  ).toEqual([]);
});

it("whoever publishes for people, or has notes appended, says what it writes", () => {
  const silent = definitions.filter(({ publishes, writes = [] }) => publishes.length > 0 && writes.length === 0);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

it("every writing is told apart from the others of its service, and every example is a text", () => {
  for (const { name, writes = [] } of definitions) {
    const keys = writes.map(({ where, title }) => `${where}: ${title}`);
    expect(new Set(keys).size, name).toBe(keys.length);
    for (const { title, example } of writes) expect(example?.() ?? title, `${name}: ${title}`).toMatch(/\S/);
  }
});

const writing = {
  title: "A note",
  where: "ticket",
  when: "At noon.",
  next: "It rains.",
  example: () => "#*x*#\nIt | `is` noon",
} as const;

it("a service's page has place, occasion, example and what comes next", () => {
  expect(writingsSection({ writes: [writing] })).toEqual([
    "### Notes on tickets",
    "#### A note",
    "At noon.",
    "```text\n#*x*#\nIt | `is` noon\n```",
    "It rains.",
  ]);
  expect(writingsSection({})).toEqual([]);
});

it("the page for readers finds a text by how it begins, below the line that all notes have", () => {
  const { text } = notesPage([{ name: "clock", writes: [writing] }, { name: "mute" }]);

  expect(text).toContain("| `It \\| 'is' noon` | [A note](../services/clock/README.md#a-note) | clock |");
  expect(text).not.toContain("## On Slack");
});
