import { type MsgHdrs, MsgHdrsImpl } from "nats";
import type { TraceHeaders } from "./step.ts";

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

const START = "NATS/1.0\r\n";

/** What a message says beside its payload; undefined where it says nothing. */
export interface Metadata {
  deadline: number | undefined;
  idempotencyKey: string | undefined;
  requestId: string | undefined;
  traceparent: string | undefined;
  tracestate: string | undefined;
  messageId: string | undefined;
}

/**
 * Headers as they travel.
 *
 * @param entries names and texts; what is undefined is left out
 */
export function headerBlock(entries: Readonly<Record<string, string | undefined>>): string {
  let text = START;
  for (const name in entries) {
    const value = entries[name];
    if (value !== undefined) text += `${name}: ${onOneLine(value)}\r\n`;
  }
  return `${text}\r\n`;
}

/**
 * Headers of a request, as `headerBlock` would write them: every request has these, and a loop over names would cost
 * each of them more than its validation.
 */
export function requestHeaders(
  { requestId, idempotencyKey }: { readonly requestId: string; readonly idempotencyKey?: string | undefined },
  deadline: number,
  { traceparent, tracestate }: TraceHeaders,
): string {
  const { deadline: until, requestId: id } = wireHeader;
  const head = `${START}${until}: ${deadline}\r\n${id}: ${onOneLine(requestId)}\r\ntraceparent: ${traceparent}\r\n`;
  if (idempotencyKey === undefined && tracestate === undefined) return `${head}\r\n`;
  return head + headerBlock({ [wireHeader.idempotencyKey]: idempotencyKey, tracestate }).slice(START.length);
}

/** A block of headers for the client, whose own check every name and value at the cost of a small message. */
export class SentHeaders extends MsgHdrsImpl {
  readonly bytes: Buffer;

  constructor(block: string) {
    super();
    this.bytes = Buffer.from(block);
  }

  override encode(): Uint8Array {
    return this.bytes;
  }
}

/** A message as the client keeps it: headers and payload in one piece. What is private may go with another version. */
interface RawMessage {
  readonly _rdata?: unknown;
  readonly _msg?: { readonly hdr?: unknown };
}

/**
 * Reads what concerns the bus. Straight from the bytes where the client has not taken the headers apart yet: its own
 * way costs as much as parsing a small body.
 */
export function readMetadata(message: { readonly headers?: MsgHdrs | undefined }): Metadata {
  const metadata: Metadata = {
    deadline: undefined,
    idempotencyKey: undefined,
    requestId: undefined,
    traceparent: undefined,
    tracestate: undefined,
    messageId: undefined,
  };
  const raw = message as RawMessage;
  if (raw._rdata instanceof Uint8Array && typeof raw._msg?.hdr === "number") {
    if (raw._msg.hdr > 0) readLines(raw._rdata, raw._msg.hdr, metadata);
  } else for (const [name, [text = ""]] of message.headers ?? []) readHeader(metadata, name, text);
  return metadata;
}

function readLines(bytes: Uint8Array, length: number, metadata: Metadata): void {
  const text = textOf(bytes, length);
  let start = text.indexOf("\r\n") + 2;
  for (let end = text.indexOf("\r\n", start); end > start; end = text.indexOf("\r\n", start)) {
    const colon = text.indexOf(":", start);
    if (colon !== -1 && colon < end) readHeader(metadata, text.slice(start, colon), text.slice(colon + 1, end).trim());
    start = end + 2;
  }
}

/** Most often the bytes are a view of what the socket read, and need no other one made. */
function textOf(bytes: Uint8Array, length: number): string {
  return Buffer.isBuffer(bytes)
    ? bytes.toString("utf8", 0, length)
    : Buffer.from(bytes.buffer, bytes.byteOffset, length).toString();
}

function readHeader(metadata: Metadata, name: string, text: string): void {
  if (text === "") return;
  // Peers differ in how they write names: Go's carriers make it `Traceparent`.
  switch (name.toLowerCase()) {
    case "trunkline-deadline":
      metadata.deadline = Number(text) > 0 ? Number(text) : undefined;
      return;
    case "trunkline-idempotency-key":
      metadata.idempotencyKey = text;
      return;
    case "trunkline-request-id":
      metadata.requestId = text;
      return;
    case "traceparent":
      metadata.traceparent = text;
      return;
    case "tracestate":
      metadata.tracestate = text;
      return;
    case "nats-msg-id":
      metadata.messageId = text;
      return;
  }
}

/** A line break would begin another header, or end them all. */
function onOneLine(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not pass
  return /[\u0000-\u001f]/.test(value) ? value.replace(/[\u0000-\u001f]/g, " ") : value;
}
