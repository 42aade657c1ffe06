import { setImmediate as turn } from "node:timers/promises";
import { NotJsonError } from "./errors.ts";
import { readJson } from "./json.ts";

/** What is parsed before others get a turn: a few milliseconds' worth. */
const SLICE_BYTES = 512 * 1024;
/** The envelope before the list is far shorter. */
const LONGEST_BEGINNING = 4 * 1024;
/** After so many beginnings of elements that were none the list is not cut any more. */
const MOST_MISTAKES = 8;
/** An object whose members before `body` are plain, and the beginning of the first element of the list that `body` is. */
const BEGINNING =
  /^(\s*\{(?:\s*"[^"\\]*"\s*:\s*(?:"[^"\\]*"|[^",{}[\]\s]+)\s*,)*\s*"body"\s*:\s*\[\s*)(\{\s*"[^"\\]*"\s*:)/;

/**
 * Reads an envelope whose body may be a long list of objects, slice by slice, while others get turns in between.
 *
 * Elements of a list that one program has written begin with the same key, so the next one is found without looking at
 * every byte. Such a beginning may also lie inside a text or deeper down; then what stands before it is no sequence of
 * whole values, does not parse, and the next beginning is tried. Where there is no list, or nothing to cut it at, it is
 * all read at once.
 *
 * @param bytes nobody else's: they are written to meanwhile
 * @param take gets elements in their order; none when there is nothing to cut
 * @returns the envelope, its body holding only those elements that `take` did not get
 * @throws NotJsonError
 */
export async function readInTurns(bytes: Buffer, take: (elements: readonly unknown[]) => void): Promise<unknown> {
  const beginning = beginningOf(bytes);
  if (beginning === undefined) return readJson(bytes);
  const { mark } = beginning;
  let start = beginning.length;
  let next = bytes.indexOf(mark, start + SLICE_BYTES);
  for (let mistakes = 0; next !== -1 && mistakes < MOST_MISTAKES; ) {
    const elements = wholeElements(bytes, start, next);
    if (elements === undefined) {
      mistakes += 1;
      next = bytes.indexOf(mark, next + 1);
      continue;
    }
    take(elements);
    start = next;
    next = bytes.indexOf(mark, start + SLICE_BYTES);
    await turn();
  }
  if (start === beginning.length) return readJson(bytes);
  return readJson(Buffer.concat([bytes.subarray(0, beginning.length), bytes.subarray(start)]));
}

function beginningOf(bytes: Buffer): { readonly length: number; readonly mark: Buffer } | undefined {
  // One character for each byte: positions in the text are positions in the bytes.
  const match = BEGINNING.exec(bytes.toString("latin1", 0, LONGEST_BEGINNING));
  const [, envelope, mark] = match ?? [];
  if (envelope === undefined || mark === undefined) return undefined;
  return { length: envelope.length, mark: Buffer.from(mark, "latin1") };
}

/** The elements from one position to the comma before another; undefined when they are not whole. */
function wholeElements(bytes: Buffer, start: number, next: number): readonly unknown[] | undefined {
  let end = next - 1;
  while (isBlank(bytes[end])) end -= 1;
  if (bytes[end] !== COMMA) return undefined;
  // What stands before and after becomes brackets for a moment: a copy of everything would cost more than the parse.
  const before = bytes[start - 1] ?? COMMA;
  bytes[start - 1] = OPEN;
  bytes[end] = CLOSE;
  try {
    return readJson(bytes.subarray(start - 1, end + 1)) as readonly unknown[];
  } catch (error) {
    if (error instanceof NotJsonError) return undefined;
    throw error;
  } finally {
    bytes[start - 1] = before;
    bytes[end] = COMMA;
  }
}

const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
