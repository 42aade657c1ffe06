/** A Markdown table; what its cells say cannot end a column. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map(() => "---");
  const body = rows.map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  return [head, rule, ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
