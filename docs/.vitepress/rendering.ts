import type { MarkdownRenderer } from "vitepress";

/** Code in the language `mermaid` becomes the element that draws it. */
export function drawDiagrams(markdown: MarkdownRenderer): void {
  const asCode = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const { info, content } = tokens[index] ?? { info: "", content: "" };
    if (info.trim() === "mermaid") return `<MermaidDiagram source="${encodeURIComponent(content)}" />`;
    return asCode?.(tokens, index, ...rest) ?? "";
  };
}

/** Subjects, paths and variables may go on in the next line of a narrow column after a dot, slash or underscore. */
export function breakLongNames(markdown: MarkdownRenderer): void {
  const asCode = markdown.renderer.rules.code_inline;
  markdown.renderer.rules.code_inline = (...token) =>
    (asCode?.(...token) ?? "").replace(
      />([^<]+)</,
      (_, text: string) => `>${text.replace(/[._/]+(?=\w)/g, "$&<wbr>")}<`,
    );
}
