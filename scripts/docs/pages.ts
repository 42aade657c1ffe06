import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** A page of the repository. */
export interface Page {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** A block of commands, and what the page says right after it. */
export interface ShellBlock {
  readonly page: string;
  /** Without comments; lines that go on are joined. */
  readonly commands: readonly string[];
  readonly remark: string;
}

/** Every page that people read, those of the site and a few more. */
export function pages(): Page[] {
  const files = globSync(["README.md", "{docs,deploy,helm,services,packages}/**/*.md"], {
    cwd: root,
    exclude: ["**/node_modules/**"],
  });
  return files.sort().map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

export function shellBlocks({ path, text }: Page): ShellBlock[] {
  return [...text.matchAll(/^```(?:sh|bash|shell)\n(.*?)^```$/gms)].map((match) => {
    const [whole, code = ""] = match;
    const [remark = ""] = text
      .slice(match.index + whole.length)
      .trimStart()
      .split("\n\n");
    return { page: path, commands: commandsOf(code), remark };
  });
}

function commandsOf(code: string): string[] {
  const lines = code.replaceAll(/\\\n\s*/g, "").split("\n");
  return lines.map((line) => line.replace(/(^|\s)#.*$/, "").trim()).filter((line) => line !== "");
}

/** What stands between backticks within the text, without blocks of code. */
export function inlineCode({ text }: Page): string[] {
  const prose = text.replaceAll(/^```.*?^```/gms, "");
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
}
