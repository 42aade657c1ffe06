import { createTransport } from "nodemailer";
import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { emailMessage } from "./email-message.ts";

const CSV = "a,b\n1,2\n";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const email = {
  subject: "Daily für Acme",
  recipient: "a@example.net, b@example.net",
  text: "plain\n",
  html: '<p>rich <img src="cid:logo.png"></p>',
  images: [{ name: "logo.png", data: base64("PNG") }],
  attachments: [
    { name: "r.csv", data: base64(CSV) },
    { name: "r.pdf", data: base64("%PDF-") },
  ],
};
const sender = { from: "alerts@example.net", messageKey: "request-1" };

async function composed(options: Parameters<typeof emailMessage>) {
  const transport = createTransport({ streamTransport: true, buffer: true });
  const { message, envelope } = await transport.sendMail(emailMessage(...options));
  return { raw: String(message), envelope, parsed: await PostalMime.parse(message as Buffer) };
}

test("text, HTML, images and attachments are parts of their own types", async () => {
  const { raw, envelope, parsed } = await composed([email, sender]);
  expect(envelope).toEqual({ from: "alerts@example.net", to: ["a@example.net", "b@example.net"] });
  expect(parsed).toMatchObject({ subject: "Daily für Acme", from: { address: "alerts@example.net" } });
  expect(parsed.date).toBeDefined();
  expect(parsed.text?.trim()).toBe("plain");
  expect(parsed.html).toContain("<p>rich");
  expect(raw).toContain("Content-Type: text/plain");
  expect(
    parsed.attachments.map(({ filename, mimeType, contentId, disposition }) => [
      filename,
      mimeType,
      contentId,
      disposition,
    ]),
  ).toEqual([
    ["logo.png", "image/png", "<logo.png>", "inline"],
    ["r.csv", "text/csv", undefined, "attachment"],
    ["r.pdf", "application/pdf", undefined, "attachment"],
  ]);
  const csv = parsed.attachments.find(({ filename }) => filename === "r.csv");
  expect(new TextDecoder().decode(csv?.content as ArrayBuffer)).toBe(CSV);
});

test("an image is what it begins like, whatever its name", async () => {
  const images = [{ name: "chart", data: Buffer.from("\x89PNG\r\n\x1a\n", "latin1").toString("base64") }];
  const { parsed } = await composed([{ ...email, images, attachments: [] }, sender]);
  expect(parsed.attachments).toMatchObject([{ filename: "chart", mimeType: "image/png", contentId: "<chart>" }]);
});

test("an e-mail without HTML is plain text", async () => {
  const { raw, parsed } = await composed([{ ...email, html: "", images: [], attachments: [] }, sender]);
  expect(parsed.html).toBeUndefined();
  expect(raw).not.toContain("multipart");
});

test("a message keeps its Message-ID however often it is delivered", async () => {
  const first = await composed([email, sender]);
  const again = await composed([email, sender]);
  const other = await composed([email, { ...sender, messageKey: "request-2" }]);
  expect(first.parsed.messageId).toMatch(/^<[0-9a-f]{32}@example\.net>$/);
  expect(again.parsed.messageId).toBe(first.parsed.messageId);
  expect(other.parsed.messageId).not.toBe(first.parsed.messageId);
});

test("a subject cannot smuggle in another header", async () => {
  const { parsed } = await composed([{ ...email, subject: "x\r\nBcc: c@example.net" }, sender]);
  expect(parsed.headers.map(({ key }) => key)).not.toContain("bcc");
});
