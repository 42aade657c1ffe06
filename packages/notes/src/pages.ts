import { ownLines, WATERMARK } from "./watermark.ts";

/** Bruin cuts off what is much longer than this. Lengths are in characters. */
const LONGEST_NOTE = 1500;
/** A page takes no further line once it is longer than this. */
const FULL_PAGE = 1000;
const HEADER = `${WATERMARK}\nTriage (VeloCloud)\n`;

/** Cuts a triage note at line ends into notes that Bruin takes whole, each with its number on its last line. */
export function splitIntoPages(note: string): string[] {
  if (note.length < LONGEST_NOTE) return [note];
  const pages: string[] = [];
  let page = "";
  for (const line of note.split("\n")) {
    if (page.length > FULL_PAGE) {
      pages.push(page);
      page = HEADER;
    }
    page += `${line}\n`;
  }
  pages.push(page);
  return pages.map((text, index) => `${text}Triage note: ${index + 1}/${pages.length}`);
}

interface Page {
  readonly number: number;
  readonly total: number;
  /** The slice of the whole note, without header and number. */
  readonly slice: string;
}

/**
 * Puts the pages of split notes together again, at the place of their first page; whole notes stay as they are.
 * The total that a page declares only tells series apart: the existing fleet may declare fewer pages than it wrote.
 */
export function joinPages(texts: readonly string[]): string[] {
  const pages = texts.map(pageOf);
  const joined = new Set<number>();
  const partsFrom = (first: number): string => {
    const start = pages[first];
    if (start === undefined || start === null) return "";
    let whole = start.slice;
    for (let number = 2; ; number++) {
      const next = pages.findIndex(
        (page, index) => index > first && !joined.has(index) && page?.number === number && page.total === start.total,
      );
      if (next === -1) return whole.trimEnd();
      joined.add(next);
      whole += pages[next]?.slice ?? "";
    }
  };
  const wholes = texts.map((text, index) => (pages[index]?.number === 1 ? partsFrom(index) : text));
  return wholes.filter((_, index) => !joined.has(index));
}

/** Whether a text goes on with a note that another page begins. */
export function isLaterPage(text: string): boolean {
  return (pageOf(text)?.number ?? 1) > 1;
}

function pageOf(text: string): Page | null {
  const match = /^([\s\S]*\n)Triage note: (\d+)\/(\d+)\s*$/.exec(text.replaceAll("\r\n", "\n"));
  if (match === null || ownLines(text) === null) return null;
  const [, slice = "", number, total] = match;
  return {
    number: Number(number),
    total: Number(total),
    slice: Number(number) === 1 ? slice : slice.split("\n").slice(2).join("\n"),
  };
}
