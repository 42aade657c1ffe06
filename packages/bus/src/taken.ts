import { setImmediate } from "node:timers/promises";
import { NotAllowedError } from "./errors.ts";
import type { OutgoingText } from "./frames.ts";
import type { Link } from "./link.ts";

/**
 * Sends a message; resolves when the server has taken it.
 *
 * @throws NotAllowedError when the server refuses it, and what the client throws when the connection breaks
 */
export async function taken(link: Link, message: OutgoingText): Promise<void> {
  let isRefused = false;
  const note = (subject: string) => {
    if (subject === message.subject) isRefused = true;
  };
  link.events.on("forbidden", note);
  try {
    link.send(message);
    await link.flush();
    // A refusal came before the server's answer, but passes through the client's queue of news.
    await setImmediate();
    if (isRefused) throw new NotAllowedError("publish", message.subject);
  } finally {
    link.events.off("forbidden", note);
  }
}
