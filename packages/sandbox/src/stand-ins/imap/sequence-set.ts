import { BadCommand } from "./tokens.ts";

/**
 * Whether a number is in a set such as `1,3:5,8:*`.
 *
 * @param largest what `*` stands for
 * @throws BadCommand
 */
export function sequenceSet(text: string, largest: number): (number: number) => boolean {
  const ranges = text.split(",").map((part) => {
    const match = /^(\d+|\*)(?::(\d+|\*))?$/.exec(part);
    if (match === null) throw new BadCommand(`Expected a sequence set, not ${text}`);
    const [first = 0, last = first] = match.slice(1).flatMap((end) => (end === undefined ? [] : numberOf(end)));
    return [Math.min(first, last), Math.max(first, last)] as const;
  });
  return (number) => ranges.some(([from, to]) => number >= from && number <= to);

  function numberOf(end: string): number {
    return end === "*" ? largest : Number(end);
  }
}
