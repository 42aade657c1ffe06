/**
 * Turns many calls into few: what is told is told once, so many milliseconds after the first of them.
 *
 * @returns what to call instead of `tell`
 */
export function coalesce(tell: () => void, milliseconds: number): () => void {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      tell();
    }, milliseconds).unref();
  };
}
