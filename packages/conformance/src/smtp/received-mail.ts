import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import PostalMime from "postal-mime";
import type { SMTPServerEnvelope } from "smtp-server";

/** A mail as it arrived, in the form in which vectors expect it. */
export async function receivedMail(data: Readable, { mailFrom, rcptTo }: SMTPServerEnvelope): Promise<object> {
  const { subject, text, html, attachments } = await PostalMime.parse(await buffer(data), {
    attachmentEncoding: "base64",
  });
  const files = attachments.map(({ filename, mimeType, content, contentId }) => ({
    name: filename ?? "",
    type: mimeType,
    content,
    ...(contentId !== undefined && { contentId: contentId.replace(/^<|>$/g, "") }),
  }));
  return {
    from: mailFrom === false ? "" : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    subject: subject ?? "",
    ...(text !== undefined && { text: plainLines(text) }),
    ...(html !== undefined && { html: plainLines(html) }),
    ...(files.length > 0 && { attachments: files }),
  };
}

function plainLines(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(/\n+$/, "");
}
