import { posix } from "node:path";
import type { MarkdownRenderer } from "vitepress";

/** The one file that is no page and yet on the site. */
const ASYNCAPI = "docs/asyncapi.yaml";

/**
 * Where a page of the repository stands on the site.
 *
 * @param source its file from the repository's root, such as `services/notifier/README.md`
 */
export function addressOf(source: string): string {
  return source
    .replace(/^docs\//, "")
    .replace(/^README\.md$/, "index.md")
    .replace(/\/README\.md$/, ".md");
}

/**
 * Links are written from file to file, as a repository browser follows them; here they lead from page to page. Sources
 * and folders are no pages: of a link to one, the name is left.
 */
export function followFiles(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("follow-files", ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === "link_open" ? token.attrGet("href") : null;
      const [, path, anchor = ""] = /^([^:#]+)(#.*)?$/.exec(href ?? "") ?? [];
      if (path === undefined) continue;
      const page = sourceOf(env);
      const source = posix.join(posix.dirname(page), path);
      if (source === ASYNCAPI)
        token.attrs = [["href", posix.relative(posix.dirname(addressOf(page)), "asyncapi.yaml")]];
      else token.attrs = path.endsWith(".md") ? [["href", `/${addressOf(source)}${anchor}`]] : [];
    }
  });
}

function sourceOf({ realPath, path }: { realPath?: string; path: string }): string {
  return posix.relative(posix.join(import.meta.dirname, "../.."), realPath ?? path);
}
