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

// How every request of ours begins.
const DEADLINE_FIRST = `${START}${wireHeader.deadline}: `;

/** What a message says beside its payload; undefined where it says nothing. */
export interface Metadata extends TraceHeaders {
  readonly deadline: number | undefined;
  readonly idempotencyKey: string | undefined;
  readonly requestId: string | undefined;
  readonly messageId: string | undefined;
}

type Fields = { -readonly [Field in keyof Metadata]: Metadata[Field] };

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
  const { requestId: id } = wireHeader;
  const head = `${DEADLINE_FIRST}${deadline}\r\n${id}: ${onOneLine(requestId)}\r\ntraceparent: ${traceparent}\r\n`;
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
  const raw = message as RawMessage;
  if (raw._rdata instanceof Uint8Array && typeof raw._msg?.hdr === "number") {
    return raw._msg.hdr > 0 ? new HeaderText(textOf(raw._rdata, raw._msg.hdr)) : NOTHING;
  }
  const fields = { ...NOTHING };
  for (const [name, [text = ""]] of message.headers ?? []) readHeader(fields, name, text);
  return fields;
}

const NOTHING: Metadata = Object.freeze({
  deadline: undefined,
  idempotencyKey: undefined,
  requestId: undefined,
  traceparent: undefined,
  tracestate: undefined,
  messageId: undefined,
});

/** Headers as they came. The deadline is always asked for and stands first; the others are read when somebody asks. */
class HeaderText implements Metadata {
  readonly #text: string;
  #fields: Fields | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get deadline(): number | undefined {
    const text = this.#text;
    if (!text.startsWith(DEADLINE_FIRST)) return this.#all.deadline;
    return deadlineFrom(text.slice(DEADLINE_FIRST.length, text.indexOf("\r\n", DEADLINE_FIRST.length)));
  }

  get idempotencyKey(): string | undefined {
    return this.#all.idempotencyKey;
  }

  get requestId(): string | undefined {
    return this.#all.requestId;
  }

  get traceparent(): string | undefined {
    return this.#all.traceparent;
  }

  get tracestate(): string | undefined {
    return this.#all.tracestate;
  }

  get messageId(): string | undefined {
    return this.#all.messageId;
  }

  get #all(): Fields {
    if (this.#fields === undefined) {
      this.#fields = { ...NOTHING };
      readLines(this.#text, this.#fields);
    }
    return this.#fields;
  }
}

function readLines(text: string, fields: Fields): void {
  let start = text.indexOf("\r\n") + 2;
  for (let end = text.indexOf("\r\n", start); end > start; end = text.indexOf("\r\n", start)) {
    const colon = text.indexOf(":", start);
    if (colon !== -1 && colon < end) readHeader(fields, text.slice(start, colon), text.slice(colon + 1, end).trim());
    start = end + 2;
  }
}

/** Most often the bytes are a view of what the socket read, and need no other one made. */
function textOf(bytes: Uint8Array, length: number): string {
  return Buffer.isBuffer(bytes)
    ? bytes.toString("utf8", 0, length)
    : Buffer.from(bytes.buffer, bytes.byteOffset, length).toString();
}

function readHeader(fields: Fields, name: string, text: string): void {
  if (text === "") return;
  // Peers differ in how they write names: Go's carriers make it `Traceparent`.
  switch (name.toLowerCase()) {
    case "trunkline-deadline":
      fields.deadline = deadlineFrom(text);
      return;
    case "trunkline-idempotency-key":
      fields.idempotencyKey = text;
      return;
    case "trunkline-request-id":
      fields.requestId = text;
      return;
    case "traceparent":
      fields.traceparent = text;
      return;
    case "tracestate":
      fields.tracestate = text;
      return;
    case "nats-msg-id":
      fields.messageId = text;
      return;
  }
}

/** Epoch milliseconds; what is no moment is no deadline. */
function deadlineFrom(text: string): number | undefined {
  const deadline = Number(text);
  return deadline > 0 ? deadline : undefined;
}

/** A line break would begin another header, or end them all. */
function onOneLine(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not pass
  return /[\u0000-\u001f]/.test(value) ? value.replace(/[\u0000-\u001f]/g, " ") : value;
}
