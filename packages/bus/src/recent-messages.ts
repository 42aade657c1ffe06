import type { OutgoingText } from "./frames.ts";
import type { Link } from "./link.ts";

// A server that is killed loses what it had taken but not stored yet; it stores within milliseconds.
const DOUBTFUL_MS = 2_000;
const MOST_CHARACTERS = 16_000_000;

/**
 * Messages that the server has taken a moment ago. When the connection breaks nobody can tell whether they were
 * stored, so they are sent again over the next one; their ids keep a stream from storing them twice.
 */
export function createRecentMessages(link: Link): { add(message: OutgoingText): void } {
  let messages: (OutgoingText & { readonly takenAt: number })[] = [];
  let characters = 0;
  let lostAt: number | undefined;
  link.events.on("lost", () => {
    lostAt = Date.now();
  });
  link.events.on("restored", () => {
    const since = (lostAt ?? Date.now()) - DOUBTFUL_MS;
    lostAt = undefined;
    for (const message of messages) if (message.takenAt >= since) link.send(message);
  });

  return {
    add(message) {
      if (lostAt === undefined) forget(Date.now() - DOUBTFUL_MS);
      messages.push({ ...message, takenAt: Date.now() });
      characters += message.text.length;
    },
  };

  function forget(before: number): void {
    let count = 0;
    while (count < messages.length) {
      const oldest = messages[count];
      if (oldest === undefined || (oldest.takenAt >= before && characters <= MOST_CHARACTERS)) break;
      characters -= oldest.text.length;
      count += 1;
    }
    if (count > 0) messages = messages.slice(count);
  }
}
