/**
 * Compares what came with what a vector expects: by equality, apart from `{"$match": "regex"}`, which stands for a
 * text that the regular expression matches as a whole, and `{"$any": true}`, which stands for anything.
 *
 * @param at where in the message this is, for the answer
 * @returns what differs first, in words; undefined when nothing does
 */
export function differenceOf(expected: unknown, actual: unknown, at: string): string | undefined {
  if (isAny(expected)) return actual === undefined ? `${at} is missing` : undefined;
  const pattern = patternOf(expected);
  if (pattern !== undefined) {
    if (typeof actual === "string" && pattern.test(actual)) return undefined;
    return `${at} is ${show(actual)} rather than a text like ${pattern}`;
  }
  if (Array.isArray(expected) && Array.isArray(actual)) return differenceOfLists(expected, actual, at);
  if (isObject(expected) && isObject(actual)) return differenceOfObjects(expected, actual, at);
  return Object.is(expected, actual) ? undefined : `${at} is ${show(actual)} rather than ${show(expected)}`;
}

function differenceOfLists(expected: readonly unknown[], actual: readonly unknown[], at: string): string | undefined {
  if (expected.length !== actual.length) return `${at} has ${actual.length} items rather than ${expected.length}`;
  return first(expected, (item, index) => differenceOf(item, actual[index], `${at}[${index}]`));
}

function differenceOfObjects(expected: Fields, actual: Fields, at: string): string | undefined {
  const extra = Object.keys(actual).find((key) => !Object.hasOwn(expected, key));
  if (extra !== undefined) return `${at}.${extra} is ${show(actual[extra])} where nothing is expected`;
  return first(Object.keys(expected), (key) =>
    Object.hasOwn(actual, key)
      ? differenceOf(expected[key], actual[key], `${at}.${key}`)
      : `${at}.${key} is missing; ${show(expected[key])} is expected`,
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAny(expected: unknown): boolean {
  return isObject(expected) && expected.$any === true && Object.keys(expected).length === 1;
}

function patternOf(expected: unknown): RegExp | undefined {
  if (!isObject(expected) || typeof expected.$match !== "string" || Object.keys(expected).length !== 1)
    return undefined;
  return new RegExp(`^(?:${expected.$match})$`, "s");
}

function first<Item>(items: readonly Item[], look: (item: Item, index: number) => string | undefined) {
  for (const [index, item] of items.entries()) {
    const found = look(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

const SHOWN = 300;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
