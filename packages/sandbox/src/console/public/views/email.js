/**
 * E-mails that people received.
 * @import { Message, MessageFile } from "../../api-types.ts"
 */
import { element } from "../dom.js";
import { emailFrame } from "../email-frame.js";
import { size } from "../size.js";
import { timeElement } from "../time.js";
import { mailPane } from "./mail-pane.js";

export function emailPane() {
  return mailPane({
    label: "E-mails",
    address: "#/messages/email",
    empty: "No e-mail yet. Send one with the form.",
    summary: ({ subject = "", to = "", at }) => ({ subject, who: to, at }),
    open: mailElement,
  });
}

/** @param {Message} message */
function mailElement({ subject, from = "unknown", to = "unknown", at, text, html, attachments = [] }) {
  const plain = element("pre.mail-text", null, text);
  return element(
    "article",
    null,
    element("h2", null, subject || "(no subject)"),
    element(
      "p.mail-head",
      null,
      element("span", null, "From ", element("b", null, from)),
      element("span", null, "To ", element("b", null, to)),
      timeElement(at),
    ),
    html === undefined ? plain : emailFrame(html),
    attachments.length > 0 && element("ul.attachments", { "aria-label": "Attachments" }, ...attachments.map(fileItem)),
    html !== undefined && element("details", null, element("summary", null, "Text alternative"), plain),
  );
}

/** @param {MessageFile} file */
function fileItem({ name, mediaType, bytes }) {
  return element("li.chip", { title: mediaType }, `${name}, ${size(bytes)}`);
}
