import type { Call } from "@trunkline/http";
import { z } from "zod";
import { Refused, UNEXPECTED } from "./outcome.ts";
import type { Reader } from "./reader.ts";

const PAGE_SIZE = 100;

const wholeNumber = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);
const page = z.object({ total_count: wholeNumber, records: z.array(z.looseObject({})) });
type Page = z.output<typeof page>;
type Row = Page["records"][number];

/**
 * Every record of a list, each once: after the first page has told how many there are, the others are read side by
 * side. Hawkeye may give less per page than was asked for, and records come and go while the pages are turned.
 *
 * @param key what tells records apart; one that moved to a later page meanwhile comes twice
 * @throws Refused when a page cannot be had: a partial list would pass for devices that have vanished
 */
export async function allRecords(
  reader: Reader,
  { path, query, key }: Required<Pick<Call, "path" | "query">> & { readonly key: string },
): Promise<Row[]> {
  const turn = async (offset: number): Promise<Page> => {
    const { success, data } = page.safeParse(await reader.get({ path, query: { ...query, limit: PAGE_SIZE, offset } }));
    if (!success) throw new Refused(UNEXPECTED, { answered: true });
    return data;
  };
  const first = await turn(0);
  const pages = [first];
  const step = first.records.length;
  for (let read = step; step > 0 && read < totalOf(pages); ) {
    const more = await Promise.all(offsets(read, totalOf(pages), step).map(turn));
    pages.push(...more);
    read += more.length * step;
    // Whatever the totals say, a round that brings nothing is the last one.
    if (more.every(({ records }) => records.length === 0)) break;
  }
  return [
    ...new Map(pages.flatMap(({ records }) => records).map((record) => [record[key] ?? record, record])).values(),
  ];
}

/** The largest of all totals: the list may have grown while it was read. */
function totalOf(pages: readonly Page[]): number {
  return Math.max(...pages.map(({ total_count }) => total_count));
}

function offsets(from: number, total: number, step: number): number[] {
  return Array.from({ length: Math.ceil((total - from) / step) }, (_, index) => from + index * step);
}
