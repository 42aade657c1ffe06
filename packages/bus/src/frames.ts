/** A message of text on its way out. */
export interface OutgoingText {
  readonly subject: string;
  /** Where the answer goes; empty for none. */
  readonly reply: string;
  /** A block of headers as `headerBlock` makes it; empty for none. */
  readonly headers: string;
  readonly text: string;
}

/** What the server's limit is about. */
export type SizedText = Pick<OutgoingText, "headers" | "text">;

// UTF-8 has at most three bytes for each unit of a text.
const MOST_BYTES = 3;
// Sizes stand before what they count, and are filled in afterwards. Blanks before them are part of the delimiter.
const SIZE = "      ";
// The verb, two sizes, blanks and line ends.
const CONTROL_BYTES = 32;
const CR = 13;
const LF = 10;
const ZERO = 48;

/**
 * Messages as frames of NATS' protocol, one behind the other in the same memory: what is sent in one turn goes to the
 * socket in one piece, is encoded once and never copied.
 */
export class Frames {
  readonly #chunkBytes: number;
  #full: Uint8Array[] = [];
  #chunk: Buffer;
  #begin = 0;
  #end = 0;

  /** @param chunkBytes memory that is taken at a time, at most 976 KiB */
  constructor(chunkBytes = 128 * 1024) {
    this.#chunkBytes = chunkBytes;
    this.#chunk = Buffer.allocUnsafeSlow(chunkBytes);
  }

  /** Bytes in the memory of now that nobody has taken. */
  get waiting(): number {
    return this.#end - this.#begin;
  }

  add(message: OutgoingText): void {
    const most = mostBytesOf(message);
    if (most > this.#chunkBytes) {
      this.#close();
      this.#full.push(Buffer.from(frameOf(message)));
      return;
    }
    if (this.#end + most > this.#chunkBytes) {
      this.#close();
      // What was written stays where it is until it is sent: memory is not used again.
      this.#chunk = Buffer.allocUnsafeSlow(this.#chunkBytes);
      this.#begin = 0;
      this.#end = 0;
    }
    this.#end = writeFrame(this.#chunk, this.#end, message);
  }

  /** Hands out what was added since the last time, in order. */
  take(): Uint8Array[] {
    this.#close();
    const taken = this.#full;
    if (taken.length > 0) this.#full = [];
    return taken;
  }

  #close(): void {
    if (this.#end > this.#begin) this.#full.push(this.#chunk.subarray(this.#begin, this.#end));
    this.#begin = this.#end;
  }
}

/** @returns where the frame ends */
function writeFrame(chunk: Buffer, offset: number, { subject, reply, headers, text }: OutgoingText): number {
  const to = reply === "" ? subject : `${subject} ${reply}`;
  const hasHeaders = headers !== "";
  const control = hasHeaders ? `HPUB ${to} ${SIZE} ${SIZE}\r\n` : `PUB ${to} ${SIZE}\r\n`;
  const start = offset + chunk.write(control, offset);
  const textStart = hasHeaders ? start + chunk.write(headers, start) : start;
  const end = textStart + chunk.write(text, textStart);
  const sizesEnd = start - 2;
  writeSize(chunk, sizesEnd, end - start);
  if (hasHeaders) writeSize(chunk, sizesEnd - SIZE.length - 1, textStart - start);
  chunk[end] = CR;
  chunk[end + 1] = LF;
  return end + 2;
}

/** Writes digits so that the last one stands before `end`. */
function writeSize(chunk: Buffer, end: number, size: number): void {
  let at = end;
  let rest = size;
  do {
    at -= 1;
    chunk[at] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  } while (rest > 0);
}

function mostBytesOf({ subject, reply, headers, text }: OutgoingText): number {
  return MOST_BYTES * (subject.length + reply.length + headers.length + text.length) + CONTROL_BYTES;
}

function frameOf(message: OutgoingText): string {
  const { subject, reply, headers, text } = message;
  const to = reply === "" ? subject : `${subject} ${reply}`;
  if (headers === "") return `PUB ${to} ${sizeOf(message)}\r\n${text}\r\n`;
  return `HPUB ${to} ${Buffer.byteLength(headers)} ${sizeOf(message)}\r\n${headers}${text}\r\n`;
}

/** Bytes of headers and payload. */
export function sizeOf({ headers, text }: SizedText): number {
  return Buffer.byteLength(text) + (headers === "" ? 0 : Buffer.byteLength(headers));
}
