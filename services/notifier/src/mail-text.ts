import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { TextDecoder } from "node:util";
import type { MimeNode, SplitterChunk } from "@zone-eu/mailsplit";
import { Splitter } from "@zone-eu/mailsplit";
import libmime from "libmime";

export interface MailText {
  /** Decoded; empty where there is none. */
  readonly subject: string;
  /** Decoded, lines ended by a line feed, none after the last. */
  readonly body: string;
}

/**
 * What requesters read of a mail. The body of a mail in several parts is the first plain text in it that is no
 * attachment, or nothing; that of a mail in one part is that part, whatever its type.
 *
 * @throws Error for what cannot be taken apart, such as a thousand nested parts
 */
export async function mailText(source: Buffer): Promise<MailText> {
  let subject = "";
  let part: MimeNode | undefined;
  const pieces: Buffer[] = [];
  const splitter = Readable.from([source]).pipe(new Splitter({ defaultInlineEmbedded: true }));
  for await (const chunk of splitter as AsyncIterable<SplitterChunk>) {
    if (chunk.type === "node") {
      if (chunk.root) subject = subjectOf(chunk);
      if (part === undefined && isBody(chunk)) part = chunk;
    } else if (chunk.type === "body" && chunk.node === part) pieces.push(chunk.value);
  }
  if (part === undefined) return { subject, body: "" };
  const bytes = await buffer(Readable.from([Buffer.concat(pieces)]).pipe(part.getDecoder()));
  return { subject, body: plainLines(decoded(bytes, part.charset)) };
}

function subjectOf({ headers }: MimeNode): string {
  return headers === false ? "" : libmime.decodeWords(headers.getFirst("subject")).replace(/\r?\n/g, "");
}

function isBody({ root, multipart, contentType, disposition }: MimeNode): boolean {
  if (multipart !== false) return false;
  if (root) return true;
  const isAttachment = disposition !== false && disposition.toLowerCase().includes("attachment");
  return contentType === "text/plain" && !isAttachment;
}

/** Bytes that the charset does not have are left out. */
function decoded(bytes: Buffer, charset: string | false): string {
  return decoderFor(charset || "utf-8")
    .decode(bytes)
    .replaceAll("\uFFFD", "");
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

function plainLines(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
}
