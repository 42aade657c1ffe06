/** Watches for how long the event loop does nothing else. */
export interface TurnWatch {
  /**
   * The longest turn of the loop since it began, in milliseconds: as it passed, and as the thread itself worked.
   * On a busy machine the former holds time that other programs had.
   */
  end(): { readonly elapsedMs: number; readonly ownMs: number };
}

export function watchTurns(): TurnWatch {
  let elapsedMs = 0;
  let ownMs = 0;
  let seenAt = performance.now();
  let worked = threadMs();
  const look = () => {
    const now = performance.now();
    const own = threadMs();
    elapsedMs = Math.max(elapsedMs, now - seenAt);
    ownMs = Math.max(ownMs, own - worked);
    seenAt = now;
    worked = own;
  };
  // At each turn of the loop that is not shorter than a millisecond.
  const timer = setInterval(look, 1);
  return {
    end: () => {
      clearInterval(timer);
      look();
      return { elapsedMs, ownMs };
    },
  };
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
