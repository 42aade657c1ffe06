import { type MsgHdrs, MsgHdrsImpl } from "nats";

/** Names of the headers that carry what old peers need not know. */
export const wireHeader = Object.freeze({
  /** Epoch milliseconds after which nobody waits for the answer. */
  deadline: "Trunkline-Deadline",
  idempotencyKey: "Trunkline-Idempotency-Key",
  requestId: "Trunkline-Request-Id",
  traceparent: "traceparent",
  tracestate: "tracestate",
  messageId: "Nats-Msg-Id",
});

/** What a message says beside its payload; undefined where it says nothing. */
export interface Metadata {
  readonly deadline: number | undefined;
  readonly idempotencyKey: string | undefined;
  readonly requestId: string | undefined;
  readonly traceparent: string | undefined;
  readonly tracestate: string | undefined;
  readonly messageId: string | undefined;
}

const NOTHING: Metadata = Object.freeze({
  deadline: undefined,
  idempotencyKey: undefined,
  requestId: undefined,
  traceparent: undefined,
  tracestate: undefined,
  messageId: undefined,
});

export function readMetadata(message: { readonly headers?: MsgHdrs | undefined }): Metadata {
  const { headers } = message;
  if (headers === undefined) return NOTHING;
  const deadline = Number(textOf(headers, wireHeader.deadline));
  return {
    deadline: Number.isFinite(deadline) && deadline > 0 ? deadline : undefined,
    idempotencyKey: textOf(headers, wireHeader.idempotencyKey),
    requestId: textOf(headers, wireHeader.requestId),
    traceparent: textOf(headers, wireHeader.traceparent),
    tracestate: textOf(headers, wireHeader.tracestate),
    messageId: textOf(headers, wireHeader.messageId),
  };
}

/**
 * Headers that are only sent. The client's own check every name and value on the way in and copy them on the way out,
 * at several times the cost of the small message that they go with.
 */
export class SentHeaders extends MsgHdrsImpl {
  readonly bytes: Buffer;

  /** @param entries names and texts; what is undefined is left out */
  constructor(entries: Readonly<Record<string, string | undefined>>) {
    super();
    let text = "NATS/1.0\r\n";
    for (const name in entries) {
      const value = entries[name];
      if (value !== undefined) text += `${name}: ${onOneLine(value)}\r\n`;
    }
    this.bytes = Buffer.from(`${text}\r\n`);
  }

  override encode(): Uint8Array {
    return this.bytes;
  }
}

/** A line break would begin another header, or end them all. */
function onOneLine(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not pass
  return value.replace(/[\u0000-\u001f]/g, " ");
}

function textOf(headers: MsgHdrs, name: string): string | undefined {
  return headers.get(name) || undefined;
}
