import { type HawkeyeProbe, parseWireDate } from "@trunkline/contracts";

/**
 * When a probe was last heard of: the later of its two kinds of tests, as Hawkeye writes it; null when neither has
 * ever reported.
 */
export function lastContactOf({ nodetonode, realservice }: HawkeyeProbe): string | null {
  const reports = [nodetonode?.lastUpdate, realservice?.lastUpdate].flatMap((text) =>
    text === null || text === undefined || text === "never" ? [] : [text],
  );
  return reports.toSorted((one, other) => moment(other) - moment(one))[0] ?? null;
}

/** A text that is no date comes last. */
function moment(text: string): number {
  return parseWireDate(text)?.getTime() ?? Number.NEGATIVE_INFINITY;
}
