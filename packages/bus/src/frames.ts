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
// The verb, two sizes, blanks and line ends.
const CONTROL_BYTES = 48;

/**
 * Writes messages as whole frames of NATS' protocol. Small ones lie side by side in one piece of memory: each text is
 * encoded where it stays, and no buffer is made for it.
 */
export class Frames {
  readonly #pieceBytes: number;
  #piece: Buffer;
  #used = 0;

  constructor(pieceBytes = 64 * 1024) {
    this.#pieceBytes = pieceBytes;
    this.#piece = Buffer.allocUnsafeSlow(pieceBytes);
  }

  write(message: OutgoingText): Uint8Array {
    const { headers, text } = message;
    const most = gapFor(message) + MOST_BYTES * (headers.length + text.length) + 2;
    if (most > this.#pieceBytes) return writeAt(Buffer.allocUnsafeSlow(exactly(message)), 0, message);
    // What was written stays where it is until it is sent: a full piece is not used again.
    if (this.#used + most > this.#pieceBytes) {
      this.#piece = Buffer.allocUnsafeSlow(this.#pieceBytes);
      this.#used = 0;
    }
    const frame = writeAt(this.#piece, this.#used, message);
    this.#used = frame.byteOffset + frame.length;
    return frame;
  }
}

/** Sizes stand before what they count, so a frame is written from behind: what travels, then what announces it. */
function writeAt(piece: Buffer, offset: number, message: OutgoingText): Buffer {
  const { subject, reply, headers, text } = message;
  const start = offset + gapFor(message);
  const textStart = headers === "" ? start : start + piece.write(headers, start);
  const end = textStart + piece.write(text, textStart);
  piece[end] = 13;
  piece[end + 1] = 10;
  const to = reply === "" ? subject : `${subject} ${reply}`;
  const control =
    headers === "" ? `PUB ${to} ${end - start}\r\n` : `HPUB ${to} ${textStart - start} ${end - start}\r\n`;
  const begin = start - Buffer.byteLength(control);
  piece.write(control, begin);
  return piece.subarray(begin, end + 2);
}

/** Room for the line that announces a frame. */
function gapFor({ subject, reply }: OutgoingText): number {
  return MOST_BYTES * (subject.length + reply.length) + CONTROL_BYTES;
}

function exactly(message: OutgoingText): number {
  return gapFor(message) + sizeOf(message) + 2;
}

/** Bytes of headers and payload. */
export function sizeOf({ headers, text }: SizedText): number {
  return Buffer.byteLength(text) + (headers === "" ? 0 : Buffer.byteLength(headers));
}
