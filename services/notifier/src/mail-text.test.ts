import { expect, test } from "vitest";
import { mailText } from "./mail-text.ts";

const base64 = (text: string, encoding: BufferEncoding = "utf8") => Buffer.from(text, encoding).toString("base64");
const multipart = (...parts: string[]) =>
  ["Content-Type: multipart/mixed; boundary=b", "", ...parts.map((part) => `--b\n${part}`), "--b--", ""].join("\n");

test.each([
  ["plain text", "Subject: Alert\nContent-Type: text/plain; charset=utf-8\n\nline1\nline2\n", "Alert", "line1\nline2"],
  ["no header about the content", "Subject: Alert\n\nline1\n\n", "Alert", "line1\n"],
  ["no subject", "From: a@example.net\n\nhello", "", "hello"],
  ["no text at all", "Subject: Alert\n\n", "Alert", ""],
  [
    "encoded words in the subject",
    `Subject: =?utf-8?B?${base64("Täglich")}?=\n =?utf-8?Q?_f=C3=BCr?= Acme\n\n`,
    "Täglich für Acme",
    "",
  ],
  [
    "quoted-printable",
    "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nf=FCr Ac=\nme",
    "",
    "für Acme",
  ],
  [
    "base64",
    `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${base64("für\r\nAcme\r\n")}`,
    "",
    "für\nAcme",
  ],
  [
    "bytes that are none of the charset",
    `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${base64("a\xfcb", "latin1")}`,
    "",
    "ab",
  ],
  ["a charset nobody knows", "Content-Type: text/plain; charset=klingon\n\nhello", "", "hello"],
  ["HTML alone", "Content-Type: text/html; charset=utf-8\n\n<p>hello</p>", "", "<p>hello</p>"],
  ["text and HTML", multipart("Content-Type: text/html\n\n<p>h</p>", "Content-Type: text/plain\n\nhello"), "", "hello"],
  [
    "an attached text before the text",
    multipart(
      "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nno",
      "Content-Type: text/plain\n\nyes",
    ),
    "",
    "yes",
  ],
  ["two texts", multipart("Content-Type: text/plain\n\nfirst", "Content-Type: text/plain\n\nsecond"), "", "first"],
  [
    "parts within parts",
    multipart(`Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\ninner\n--c--\n`),
    "",
    "inner",
  ],
  ["parts without any text", multipart("Content-Type: text/html\n\n<p>h</p>"), "", ""],
  ["a boundary that never comes", "Content-Type: multipart/mixed; boundary=b\n\nhello", "", ""],
  ["no header", "\nhello", "", "hello"],
  ["nothing", "", "", ""],
])("a mail with %s", async (_, source, subject, body) => {
  expect(await mailText(Buffer.from(source.replaceAll("\n", "\r\n")))).toEqual({ subject, body });
});
