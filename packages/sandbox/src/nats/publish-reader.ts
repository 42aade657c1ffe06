/** A message that a client published, as far as anybody wants to read of it. */
export interface PublishedMessage {
  readonly subject: string;
  /** Where the publisher wants the answer; undefined when it wants none. */
  readonly replyTo: string | undefined;
  /** Size of headers and payload together. */
  readonly bytes: number;
  /** The headers as they were sent, `NATS/1.0` first; empty without any. */
  readonly headers: string;
  /** The beginning of the payload. */
  readonly beginning: string;
}

/** Longest line of the protocol that is not a message: CONNECT with its JSON. */
const LONGEST_LINE = 64 * 1_024;
const KEPT_OF_MESSAGE = 4_096;
const CRLF = "\r\n";

interface Frame {
  readonly subject: string;
  readonly replyTo: string | undefined;
  readonly headerBytes: number;
  readonly bytes: number;
}

/**
 * Reads what one client says to a NATS server, in pieces of any size, and tells of every message that it publishes.
 * Of a message only the beginning is kept, so that a payload of any size costs no memory.
 *
 * @returns what takes the next piece
 */
export function publishReader(onMessage: (message: PublishedMessage) => void): (piece: Buffer) => void {
  let line = "";
  let frame: Frame | undefined;
  let kept: Buffer[] = [];
  let keptBytes = 0;
  /** Bytes of the message, its closing CRLF included, that have not come yet. */
  let missing = 0;

  function takeLine(piece: Buffer): number {
    const end = piece.indexOf("\n");
    const stop = end === -1 ? piece.length : end + 1;
    if (line.length < LONGEST_LINE) line += piece.toString("latin1", 0, stop);
    if (end !== -1) {
      frame = frameOf(line.trimEnd());
      missing = frame === undefined ? 0 : frame.bytes + CRLF.length;
      line = "";
    }
    return stop;
  }

  function takeMessage(piece: Buffer, { subject, replyTo, headerBytes, bytes }: Frame): number {
    const taken = Math.min(missing, piece.length);
    const wanted = Math.min(taken, KEPT_OF_MESSAGE - keptBytes, bytes - (bytes + CRLF.length - missing));
    if (wanted > 0) {
      // The piece belongs to the socket, which will write over it.
      kept.push(Buffer.from(piece.subarray(0, wanted)));
      keptBytes += wanted;
    }
    missing -= taken;
    if (missing > 0) return taken;
    const all = Buffer.concat(kept);
    const [headers, beginning] = [all.toString("utf8", 0, headerBytes), all.toString("utf8", headerBytes)];
    onMessage({ subject, replyTo, bytes, headers, beginning });
    [frame, kept, keptBytes] = [undefined, [], 0];
    return taken;
  }

  return (piece) => {
    for (let rest = piece; rest.length > 0; ) {
      rest = rest.subarray(frame === undefined ? takeLine(rest) : takeMessage(rest, frame));
    }
  };
}

/** `PUB <subject> [reply-to] <bytes>` or `HPUB <subject> [reply-to] <header bytes> <bytes>`; all else is no message. */
function frameOf(line: string): Frame | undefined {
  const [verb = "", ...words] = line.split(/[ \t]+/);
  const operation = verb.toUpperCase();
  if (operation !== "PUB" && operation !== "HPUB") return undefined;
  const numbers = operation === "PUB" ? 1 : 2;
  const sizes = words.slice(-numbers).map(Number);
  const [subject, replyTo] = words.slice(0, -numbers);
  const bytes = sizes.at(-1) ?? 0;
  const headerBytes = operation === "PUB" ? 0 : (sizes[0] ?? 0);
  return subject === undefined ? undefined : { subject, replyTo, headerBytes, bytes };
}
