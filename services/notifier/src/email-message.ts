import { createHash } from "node:crypto";
import type { emailNotification, ParsedBodyOf } from "@trunkline/contracts";
import type { SendMailOptions } from "nodemailer";
import { imageType } from "./image-type.ts";

type Email = ParsedBodyOf<typeof emailNotification>["email_data"];

/**
 * An e-mail as nodemailer builds it: text and HTML as alternatives, images inside the HTML and typed by their
 * contents, attachments typed by their names. The same message has the same Message-ID however often it is delivered, so that a mailbox can tell.
 */
export function emailMessage(
  email: Email,
  { from, messageKey }: { from: string; messageKey: string },
): SendMailOptions {
  const images = email.images.map(({ name, data }) => {
    const content = Buffer.from(data, "base64");
    const contentType = imageType(content);
    const inline = { filename: name, cid: name, content, contentDisposition: "inline" as const };
    return contentType === undefined ? inline : { ...inline, contentType };
  });
  const attachments = email.attachments.map(({ name, data }) => ({
    filename: name,
    content: Buffer.from(data, "base64"),
  }));
  return {
    from,
    to: email.recipient,
    subject: email.subject,
    text: email.text,
    ...(email.html !== "" && { html: email.html }),
    attachments: [...images, ...attachments],
    messageId: `<${createHash("sha256").update(messageKey).digest("hex").slice(0, 32)}@${from.split("@").at(-1)}>`,
  };
}
