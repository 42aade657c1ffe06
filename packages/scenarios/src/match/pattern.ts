/** What a value must be like: every part that is named, in any depth; the rest may be anything. */
export type Pattern = unknown;

type Check = (wanted: never, value: unknown, path: string) => string[];

/**
 * How a value differs from a pattern; empty when it is like it.
 *
 * Objects may have more keys, lists may not have more items. An object with one key that begins with `$` is a matcher.
 */
export function differences(pattern: Pattern, value: unknown, path = ""): string[] {
  const matcher = matcherOf(pattern);
  if (matcher !== undefined) return matchers[matcher.name](matcher.wanted as never, value, path);
  if (Array.isArray(pattern)) return listDifferences(pattern, value, path);
  if (isObject(pattern)) {
    if (!isObject(value)) return [differs(path, pattern, value)];
    return Object.entries(pattern).flatMap(([key, wanted]) => {
      const here = path === "" ? key : `${path}.${key}`;
      if (!(key in value) && !isAbsence(wanted)) return [`${here} is missing; expected ${shown(wanted)}`];
      return differences(wanted, value[key], here);
    });
  }
  return Object.is(pattern, value) ? [] : [differs(path, pattern, value)];
}

const matchers = {
  $any: (_: boolean, value: unknown, path: string) => (value === undefined ? [`${path} is missing`] : []),
  $absent: (_: boolean, value: unknown, path: string) =>
    value === undefined ? [] : [`${path} is ${shown(value)}; expected it to be absent`],
  $match: (source: string, value: unknown, path: string) =>
    typeof value === "string" && new RegExp(source, "s").test(value)
      ? []
      : [`${the(path)} does not match ${shown(source)}: ${inFull(value)}`],
  $contains: (wanted: string | string[], value: unknown, path: string) =>
    [wanted]
      .flat()
      .filter((part) => typeof value !== "string" || !value.includes(part))
      .map((part) => `${the(path)} does not contain ${shown(part)}: ${inFull(value)}`),
  $lacks: (unwanted: string | string[], value: unknown, path: string) =>
    [unwanted]
      .flat()
      .filter((part) => typeof value !== "string" || value.includes(part))
      .map((part) => `${the(path)} contains ${shown(part)}: ${inFull(value)}`),
  $includes: (wanted: Pattern[], value: unknown, path: string) =>
    wanted
      .filter((item) => !Array.isArray(value) || !value.some((each) => differences(item, each).length === 0))
      .map((item) => `${the(path)} does not include ${shown(item)}: ${shown(value)}`),
  $unordered: (wanted: Pattern[], value: unknown, path: string) =>
    Array.isArray(value) && value.length === wanted.length && isPermutation(wanted, value)
      ? []
      : [`${the(path)} is not ${shown(wanted)} in any order: ${shown(value)}`],
} satisfies Record<string, Check>;

/** What every matcher is given, for people who mistype one. */
const arguments_: Record<keyof typeof matchers, (argument: unknown) => boolean> = {
  $any: (argument) => argument === true,
  $absent: (argument) => argument === true,
  $match: (argument) => typeof argument === "string" && isRegExp(argument),
  $contains: isTexts,
  $lacks: isTexts,
  $includes: Array.isArray,
  $unordered: Array.isArray,
};

/** What is wrong with a pattern itself, and where in it; undefined when nothing is. */
export function patternProblem(
  pattern: Pattern,
): { readonly path: PropertyKey[]; readonly message: string } | undefined {
  if (!isObject(pattern) && !Array.isArray(pattern)) return undefined;
  const name = Object.keys(pattern).find((key) => key.startsWith("$"));
  if (name !== undefined && !Array.isArray(pattern)) {
    if (!Object.hasOwn(matchers, name)) {
      return { path: [name], message: `unknown matcher; there are ${Object.keys(matchers).join(", ")}` };
    }
    if (Object.keys(pattern).length > 1) return { path: [name], message: "a matcher stands alone" };
    const accepts = arguments_[name as keyof typeof matchers];
    if (!accepts(pattern[name])) return { path: [name], message: `cannot be ${shown(pattern[name])}` };
  }
  for (const [key, part] of Object.entries(pattern)) {
    const problem = patternProblem(part);
    if (problem !== undefined)
      return { ...problem, path: [Array.isArray(pattern) ? Number(key) : key, ...problem.path] };
  }
  return undefined;
}

/** One line of JSON, cut where it gets long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text;
}

function listDifferences(pattern: readonly Pattern[], value: unknown, path: string): string[] {
  if (!Array.isArray(value)) return [differs(path, pattern, value)];
  if (value.length !== pattern.length) return [differs(path, pattern, value)];
  return pattern.flatMap((item, index) => differences(item, value[index], `${path}[${index}]`));
}

function isPermutation(wanted: readonly Pattern[], values: readonly unknown[]): boolean {
  const [first, ...others] = wanted;
  if (wanted.length === 0) return true;
  return values.some(
    (value, index) => differences(first, value).length === 0 && isPermutation(others, values.toSpliced(index, 1)),
  );
}

function matcherOf(pattern: Pattern): { name: keyof typeof matchers; wanted: unknown } | undefined {
  if (!isObject(pattern)) return undefined;
  const [name, ...others] = Object.keys(pattern);
  if (name === undefined || others.length > 0 || !Object.hasOwn(matchers, name)) return undefined;
  return { name: name as keyof typeof matchers, wanted: pattern[name] };
}

function isAbsence(pattern: Pattern): boolean {
  return matcherOf(pattern)?.name === "$absent";
}

function isRegExp(source: string): boolean {
  try {
    return new RegExp(source, "s") !== undefined;
  } catch {
    return false;
  }
}

function isTexts(argument: unknown): boolean {
  return [argument].flat().every((part) => typeof part === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function differs(path: string, pattern: Pattern, value: unknown): string {
  return `${the(path)} is ${inFull(value)}; expected ${inFull(pattern)}`;
}

function the(path: string): string {
  return path === "" ? "the body" : path;
}

/** A text of several lines as it would be read. */
function inFull(value: unknown): string {
  if (typeof value !== "string" || !value.includes("\n")) return shown(value);
  return `\n${value.replaceAll(/^/gm, "  | ")}\n`;
}
