/** An event on its way to one reader. */
export interface OutgoingEvent {
  readonly type: string;
  readonly data: unknown;
}

export interface Outbox {
  add(type: string, data: unknown): void;
  /** Ends when the outbox is closed, or its reader fell too far behind. */
  readonly events: AsyncIterable<OutgoingEvent>;
  close(): void;
}

/** Types that may come in floods; what is dropped of them is counted. */
const chatty: ReadonlySet<string> = new Set(["nats", "call"]);
const CHATTY_PER_SECOND = 200;
const MOST_WAITING = 5_000;

/**
 * Events waiting for one reader. Floods of traffic are thinned out, with a `dropped` event that counts what is
 * missing. A reader that still falls behind is let go: it comes back and reads the present state anew.
 */
export function createOutbox(): Outbox {
  let waiting: OutgoingEvent[] = [];
  let wake: () => void = () => undefined;
  let closed = false;
  const flood = createFloodGate((event) => put(event));

  function put(event: OutgoingEvent): void {
    waiting.push(event);
    if (waiting.length > MOST_WAITING) close();
    wake();
  }

  function close(): void {
    closed = true;
    flood.stop();
    wake();
  }

  async function* events(): AsyncGenerator<OutgoingEvent> {
    while (!closed) {
      const batch = waiting;
      waiting = [];
      yield* batch;
      if (waiting.length > 0 || closed) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    add(type, data) {
      if (closed) return;
      if (!chatty.has(type) || flood.admits(type)) put({ type, data });
    },
    events: { [Symbol.asyncIterator]: events },
    close,
  };
}

/** Lets so many chatty events pass each second, and reports the rest when the second is over. */
function createFloodGate(report: (event: OutgoingEvent) => void) {
  const passed = new Map<string, number>();
  const dropped = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  function endSecond(): void {
    timer = undefined;
    passed.clear();
    for (const [type, count] of dropped) report({ type: "dropped", data: { type, count } });
    dropped.clear();
  }

  return {
    admits(type: string): boolean {
      timer ??= setTimeout(endSecond, 1_000).unref();
      const count = (passed.get(type) ?? 0) + 1;
      passed.set(type, count);
      if (count <= CHATTY_PER_SECOND) return true;
      dropped.set(type, (dropped.get(type) ?? 0) + 1);
      return false;
    },
    stop: () => clearTimeout(timer),
  };
}
