export interface SizedMail {
  readonly uid: number;
  readonly bytes: number;
}

/**
 * The UIDs of the oldest mails that fit into one reply, at least one of them.
 *
 * @param ofOne bytes that are read of a single mail
 * @param ofAll bytes of all of them together
 */
export function withinLimits(
  mails: readonly SizedMail[],
  { ofOne, ofAll }: { readonly ofOne: number; readonly ofAll: number },
): number[] {
  const oldestFirst = mails.toSorted((one, other) => one.uid - other.uid);
  let left = ofAll;
  const fitting = oldestFirst.filter(({ bytes }) => {
    const isFirst = left === ofAll;
    left -= Math.min(bytes, ofOne);
    return isFirst || left >= 0;
  });
  return fitting.map(({ uid }) => uid);
}
