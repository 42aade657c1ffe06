import PostalMime, { type Attachment } from "postal-mime";
import type { SMTPServerDataStream, SMTPServerEnvelope } from "smtp-server";
import type { Message, MessageFile } from "../world/messages.ts";

export const MOST_EMAIL_BYTES = 25 * 1_024 * 1_024;

/** Reads a mail as its recipients' programs would; the envelope says who they are. */
export async function readEmail(
  source: Buffer,
  { mailFrom, rcptTo }: SMTPServerEnvelope,
): Promise<Omit<Message, "id" | "at">> {
  const mail = await PostalMime.parse(source, { attachmentEncoding: "base64" });
  const sender = mailFrom === false ? undefined : mailFrom.address;
  return {
    channel: "email",
    ...(sender !== undefined && { from: sender }),
    to: rcptTo.map(({ address }) => address).join(", "),
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    ...(mail.html !== undefined && { html: withPictures(mail.html, mail.attachments) }),
    attachments: mail.attachments.map(file),
  };
}

/**
 * The bytes of a mail, undefined when there are too many. All of the stream has to be read, or its sender never gets
 * to hear of that.
 */
export async function emailSource(stream: SMTPServerDataStream): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_EMAIL_BYTES) chunks.push(chunk);
  }
  return bytes <= MOST_EMAIL_BYTES ? Buffer.concat(chunks) : undefined;
}

const MOST_PICTURE_DIGITS = 400_000;

/** Puts small pictures into the HTML that shows them by `cid:`, so that it can be shown by itself. */
function withPictures(html: string, attachments: readonly Attachment[]): string {
  let shown = html;
  for (const { contentId, mimeType, content } of attachments) {
    if (contentId === undefined || typeof content !== "string" || content.length > MOST_PICTURE_DIGITS) continue;
    shown = shown.replaceAll(`cid:${plainId(contentId)}`, `data:${mimeType};base64,${content}`);
  }
  return shown;
}

function file({ filename, mimeType, contentId, content }: Attachment): MessageFile {
  return {
    name: filename ?? "",
    mediaType: mimeType,
    bytes: Buffer.byteLength(String(content), "base64"),
    ...(contentId !== undefined && { contentId: plainId(contentId) }),
  };
}

/** A content id without the angle brackets of its header. */
function plainId(contentId: string): string {
  return contentId.replace(/^<|>$/g, "");
}
