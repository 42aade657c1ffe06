import { NotJsonError } from "./errors.ts";

// A byte order mark is no JSON and must not be skipped in silence.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads JSON as the existing fleet writes it. Python emits bare `NaN`, `Infinity` and `-Infinity` where JSON has no
 * word for them; they become null.
 *
 * @throws NotJsonError
 */
export function readJson(bytes: Uint8Array): unknown {
  const text = decoder.decode(bytes);
  try {
    return JSON.parse(text);
  } catch (strict) {
    // Only a peer's odd number pays for the second look.
    if (!/NaN|Infinity/.test(text)) throw new NotJsonError(strict);
    try {
      return JSON.parse(withoutBareTokens(text));
    } catch (tolerant) {
      throw new NotJsonError(tolerant);
    }
  }
}

/** JSON of a value; what JSON has no word for (undefined, a function) is null, as inside an array. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value) ?? "null";
}

/** Replaces the tokens outside of strings. Strings are skipped by `indexOf`: a regular expression overflows on long ones. */
function withoutBareTokens(text: string): string {
  let result = "";
  let position = 0;
  while (position < text.length) {
    const quote = text.indexOf('"', position);
    const outside = quote === -1 ? text.length : quote;
    result += text.slice(position, outside).replace(/-?Infinity|NaN/g, "null");
    position = endOfString(text, outside);
    result += text.slice(outside, position);
  }
  return result;
}

/** The position after the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end + 1;
}

function isEscaped(text: string, position: number): boolean {
  let first = position;
  while (text[first - 1] === "\\") first -= 1;
  return (position - first) % 2 === 1;
}
