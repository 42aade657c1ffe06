/**
 * Waits until a condition holds, looking every quarter of a second.
 *
 * @throws Error naming what was awaited, when `patienceMs` have passed
 */
export async function until(what: string, patienceMs: number, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patienceMs;
  for (;;) {
    // A condition that cannot be looked at just now (a broker restarting, say) does not hold yet.
    if (await holds().catch(() => false)) return;
    if (Date.now() > end) throw new Error(`waited ${patienceMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
