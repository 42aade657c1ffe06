import { readFileSync } from "node:fs";
import { type Document, isMap, isNode, isSeq, LineCounter, parseAllDocuments } from "yaml";
import type { z } from "zod";
import { type FileProblem, ScenarioFileError } from "../errors.ts";

type Path = readonly PropertyKey[];

/** A YAML document that still knows where its parts stand. */
export interface YamlDocument {
  readonly file: string;
  /** Of its first line. */
  readonly line: number;
  readonly value: unknown;
  /** The line of a key, or of the nearest part around it. */
  lineOf(path: Path): number;
  /** @throws ScenarioFileError naming file, line and key */
  parse<Schema extends z.ZodType>(schema: Schema): z.output<Schema>;
  /** @throws ScenarioFileError */
  refuse(path: Path, message: string): never;
}

/** @throws ScenarioFileError when the file cannot be read, or is no YAML */
export function readYaml(file: string): YamlDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(textOf(file), { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problems = documents.flatMap(({ errors }) =>
    errors.map(({ pos, message }) => ({ file, line: lines.linePos(pos[0]).line, message })),
  );
  if (problems.length > 0) throw new ScenarioFileError(problems);
  return documents
    .filter((document) => document.contents !== null)
    .map((document) => yamlDocument(file, document, lines));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new ScenarioFileError([{ file, line: undefined, message: `cannot be read (${code})` }]);
  }
}

function yamlDocument(file: string, document: Document, lines: LineCounter): YamlDocument {
  const value: unknown = document.toJS();
  const lineOf = (path: Path) => lines.linePos(offsetOf(document, path)).line;
  return {
    file,
    line: lineOf([]),
    value,
    lineOf,
    parse: (schema) => {
      const parsed = schema.safeParse(value);
      if (parsed.success) return parsed.data;
      throw new ScenarioFileError(parsed.error.issues.flatMap((issue) => problemsOf(issue, { file, lineOf })));
    },
    refuse: (path, message) => {
      throw new ScenarioFileError([{ file, line: lineOf(path), message: `${keyText(path)}${message}` }]);
    },
  };
}

/** Walks down as far as the document goes. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = rangeOf(node) ?? 0;
  for (const key of path) {
    const pair = isMap(node) ? node.items.find((item) => String(item.key) === String(key)) : undefined;
    node = isSeq(node) ? node.items[Number(key)] : pair?.value;
    const found = rangeOf(pair?.key) ?? rangeOf(node);
    if (found === undefined) return offset;
    offset = found;
  }
  return offset;
}

function rangeOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

interface Place {
  readonly file: string;
  lineOf(path: Path): number;
}

function problemsOf(issue: z.core.$ZodIssue, { file, lineOf }: Place): FileProblem[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      file,
      line: lineOf([...path, key]),
      message: `${keyText(path)}unknown key \`${key}\``,
    }));
  }
  if (issue.code === "invalid_union") {
    // What was meant is the alternative that got furthest.
    const nested = issue.errors.flat().filter((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys");
    if (nested.length > 0) {
      return nested.flatMap((inner) => problemsOf({ ...inner, path: [...path, ...inner.path] }, { file, lineOf }));
    }
  }
  return [{ file, line: lineOf(path), message: `${keyText(path)}${issue.message}` }];
}

/** `given.edges.VC100: `, or nothing for the document itself. */
function keyText(path: Path): string {
  return path.length === 0 ? "" : `${path.map(String).join(".")}: `;
}
