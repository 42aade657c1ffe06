import type { Link } from "./link.ts";
import type { SentHeaders } from "./wire-headers.ts";

// A server that is killed loses what it had taken but not stored yet; it stores within milliseconds.
const DOUBTFUL_MS = 2_000;
const MOST_BYTES = 16 * 1_048_576;

interface RecentMessage {
  readonly subject: string;
  readonly payload: Buffer;
  readonly headers: SentHeaders | undefined;
}

/**
 * Messages that the server has taken a moment ago. When the connection breaks nobody can tell whether they were
 * stored, so they are sent again over the next one; their ids keep a stream from storing them twice.
 */
export function createRecentMessages(link: Link): { add(message: RecentMessage): void } {
  let messages: (RecentMessage & { readonly takenAt: number })[] = [];
  let bytes = 0;
  let lostAt: number | undefined;
  link.events.on("lost", () => {
    lostAt = Date.now();
  });
  link.events.on("restored", () => {
    const since = (lostAt ?? Date.now()) - DOUBTFUL_MS;
    lostAt = undefined;
    for (const { takenAt, subject, payload, headers } of messages) {
      if (takenAt >= since) link.nc.publish(subject, payload, headers === undefined ? {} : { headers });
    }
  });

  return {
    add(message) {
      if (lostAt === undefined) forget(Date.now() - DOUBTFUL_MS);
      messages.push({ ...message, takenAt: Date.now() });
      bytes += message.payload.length;
    },
  };

  function forget(before: number): void {
    let count = 0;
    while (count < messages.length) {
      const oldest = messages[count];
      if (oldest === undefined || (oldest.takenAt >= before && bytes <= MOST_BYTES)) break;
      bytes -= oldest.payload.length;
      count += 1;
    }
    if (count > 0) messages = messages.slice(count);
  }
}
