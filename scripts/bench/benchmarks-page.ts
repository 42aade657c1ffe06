import { readFile, writeFile } from "node:fs/promises";

const page = new URL("../../docs/benchmarks.md", import.meta.url);

/** Puts a benchmark's section into the page of all benchmarks, in the place of the one that it wrote before. */
export async function writeSection(title: string, text: string): Promise<void> {
  await writeFile(page, withSection(await readFile(page, "utf8"), title, text));
}

/** A section begins with its title, of the second level, and ends where the next one begins. */
export function withSection(document: string, title: string, text: string): string {
  const section = `## ${title}\n\n${text.trim()}\n`;
  const [beginning = "", ...sections] = document.trimEnd().split(/^(?=## )/m);
  const others = sections.map((each) => `${each.trimEnd()}\n`);
  const index = others.findIndex((each) => each.startsWith(`## ${title}\n`));
  if (index === -1) others.push(section);
  else others[index] = section;
  return `${beginning.trimEnd()}\n\n${others.join("\n")}`;
}
