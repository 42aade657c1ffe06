/**
 * E-mails: a list, newest first, and the one that is open.
 * @import { Message, MessageFile } from "../../api-types.ts"
 */
import { arrange, element, setAttribute } from "../dom.js";
import { emailFrame } from "../email-frame.js";
import { size } from "../size.js";
import { timeElement } from "../time.js";

export function emailPane() {
  /** @type {Map<string, HTMLElement>} */
  const items = new Map();
  const list = element("ul.mail-list", { "aria-label": "E-mails" });
  const open = element("div.mail-open");
  const empty = element("p.empty", null, "No e-mail yet. Send one with the form.");
  /** @type {string | undefined} */
  let shown;
  return { element: element("div.mail", null, list, open, empty), draw };

  /**
   * @param {Message[]} messages
   * @param {string} [id] the newest when left out
   */
  function draw(messages, id) {
    for (const message of messages) if (!items.has(message.id)) items.set(message.id, mailItem(message));
    const newestFirst = messages.toReversed();
    const selected = newestFirst.find((message) => message.id === id) ?? newestFirst[0];
    arrange(
      list,
      newestFirst.map((message) => /** @type {HTMLElement} */ (items.get(message.id))),
    );
    for (const [key, item] of items) {
      setAttribute(
        /** @type {Element} */ (item.firstElementChild),
        "aria-current",
        key === selected?.id ? "true" : null,
      );
    }
    empty.hidden = messages.length > 0;
    if (selected?.id === shown) return;
    shown = selected?.id;
    open.replaceChildren(...(selected === undefined ? [] : [mailElement(selected)]));
  }
}

/** @param {Message} message */
function mailItem({ id, subject, to = "", at }) {
  const link = element(
    "a",
    { href: `#/messages/email/${encodeURIComponent(id)}` },
    element("b", null, subject || "(no subject)"),
    element("span.line", null, element("span.to", null, to), timeElement(at)),
  );
  return element("li", null, link);
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
