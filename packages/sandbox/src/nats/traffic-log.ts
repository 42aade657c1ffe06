import type { Clock } from "@trunkline/clock";
import type { Traffic } from "../control/traffic.ts";
import { ringBuffer } from "../ring-buffer.ts";
import type { PublishedMessage } from "./publish-reader.ts";

export interface TrafficLog {
  add(message: PublishedMessage): void;
  /** Oldest first. */
  list(): Traffic[];
}

const KEPT = 2_000;
const MOST_OPEN_REQUESTS = 10_000;
const PREVIEW_CHARACTERS = 600;

/** Keeps the newest messages in a form that people can read. Housekeeping of NATS itself is left out. */
export function createTrafficLog(clock: Clock, onTraffic: (traffic: Traffic) => void): TrafficLog {
  const kept = ringBuffer<Traffic>(KEPT);
  /** Inbox → subject of the request that waits there; null for housekeeping. */
  const openRequests = new Map<string, string | null>();

  function remember(inbox: string, subject: string | null): void {
    openRequests.set(inbox, subject);
    const [oldest] = openRequests.keys();
    if (openRequests.size > MOST_OPEN_REQUESTS && oldest !== undefined) openRequests.delete(oldest);
  }

  return {
    add(message) {
      const housekeeping = message.subject.startsWith("$");
      if (message.replyTo !== undefined) remember(message.replyTo, housekeeping ? null : message.subject);
      const asked = openRequests.get(message.subject);
      if (housekeeping || asked === null) return;
      const traffic: Traffic = {
        at: clock.now().toISOString(),
        subject: asked ?? message.subject,
        direction: directionOf(message),
        bytes: message.bytes,
        requestId: requestIdOf(message),
        preview: withoutSecrets(message.beginning).slice(0, PREVIEW_CHARACTERS),
      };
      if (asked !== undefined) openRequests.delete(message.subject);
      kept.add(traffic);
      onTraffic(traffic);
    },
    list: kept.items,
  };
}

function directionOf({ subject, replyTo }: PublishedMessage): Traffic["direction"] {
  if (subject.startsWith("_INBOX.")) return "reply";
  return replyTo === undefined ? "publish" : "request";
}

/** A header carries it where the payload was parked elsewhere, or is too long to be read to its end. */
function requestIdOf({ beginning, headers }: PublishedMessage): string | null {
  const inBody = /"request_id"\s*:\s*"([^"\\]{1,64})"/.exec(beginning)?.[1];
  return inBody ?? /^Trunkline-Request-Id: ?(.{1,64})$/im.exec(headers)?.[1]?.trim() ?? null;
}

const SECRETS =
  /("[^"]*(?:password|secret|authorization|cookie|access_token|api_key)[^"]*"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi;

function withoutSecrets(text: string): string {
  return text.replace(SECRETS, '$1"***"');
}
