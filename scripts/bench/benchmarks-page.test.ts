import { expect, test } from "vitest";
import { withSection } from "./benchmarks-page.ts";

const page = "# Benchmarks\n\nWords.\n\n## One\n\nold\n\n### Below\n\nmore\n\n## Two\n\nkept\n";

test.each([
  ["One", "# Benchmarks\n\nWords.\n\n## One\n\nnew\n\n## Two\n\nkept\n"],
  ["Two", "# Benchmarks\n\nWords.\n\n## One\n\nold\n\n### Below\n\nmore\n\n## Two\n\nnew\n"],
  ["Three", `${page}\n## Three\n\nnew\n`],
])("section %s is put where it was, or at the end", (title, expected) => {
  expect(withSection(page, title, "new\n")).toBe(expected);
  expect(withSection(expected, title, "new\n")).toBe(expected);
});

test("a page without sections gets its first", () => {
  expect(withSection("# Benchmarks\n", "One", "new")).toBe("# Benchmarks\n\n## One\n\nnew\n");
});
