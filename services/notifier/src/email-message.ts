import { createHash } from "node:crypto";
import type { emailNotification, ParsedBodyOf } from "@trunkline/contracts";
import type { SendMailOptions } from "nodemailer";

type Email = ParsedBodyOf<typeof emailNotification>["email_data"];

/**
 * An e-mail as nodemailer builds it: text and HTML as alternatives, images inside the HTML, attachments typed by
 * their names. The same message has the same Message-ID however often it is delivered, so that a mailbox can tell.
 */
export function emailMessage(
  email: Email,
  { from, messageKey }: { from: string; messageKey: string },
): SendMailOptions {
  const images = email.images.map(({ name, data }) => ({
    filename: name,
    cid: name,
    content: Buffer.from(data, "base64"),
    contentDisposition: "inline" as const,
  }));
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
