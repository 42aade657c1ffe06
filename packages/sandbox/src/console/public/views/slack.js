/**
 * The Slack channel, newest at the bottom.
 * @import { Message } from "../../api-types.ts"
 * @import { Piece } from "../mrkdwn.js"
 */
import { arrange, element } from "../dom.js";
import { parseMrkdwn } from "../mrkdwn.js";
import { timeElement } from "../time.js";

/** Closer to the end than this, in pixels, the reader is following. */
const followDistance = 60;

export function chatPane() {
  /** @type {Map<string, HTMLElement>} */
  const items = new Map();
  const list = element("ol.chat", { role: "log", "aria-label": "Slack channel", tabindex: 0 });
  const empty = element("p.empty", null, "Nothing has been posted yet.");
  return { element: element("div.slack", null, list, empty), draw };

  /** @param {Message[]} messages */
  function draw(messages) {
    const follows = list.scrollHeight - list.scrollTop - list.clientHeight < followDistance;
    for (const message of messages) if (!items.has(message.id)) items.set(message.id, chatItem(message));
    arrange(
      list,
      messages.map(({ id }) => /** @type {HTMLElement} */ (items.get(id))),
    );
    list.hidden = messages.length === 0;
    empty.hidden = messages.length > 0;
    if (follows) list.scrollTop = list.scrollHeight;
  }
}

/** @param {Message} message */
function chatItem({ from = "Trunkline", at, text }) {
  return element(
    "li",
    null,
    element("span.avatar", { "aria-hidden": "true" }, from.charAt(0).toUpperCase()),
    element(
      "div.bubble",
      null,
      element("div.who", null, element("b", null, from), timeElement(at)),
      element("p.text", null, ...parseMrkdwn(text).map(pieceElement)),
    ),
  );
}

/** @param {Piece} piece */
function pieceElement(piece) {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "bold":
      return element("b", null, piece.text);
    case "italic":
      return element("i", null, piece.text);
    case "code":
      return element("code", null, piece.text);
    case "link":
      return linkElement(piece.url, piece.text);
  }
}

/**
 * Bruin's tickets are on this page; everything else opens elsewhere.
 * @param {string} url
 * @param {string} text
 */
function linkElement(url, text) {
  const ticket = /\/t\/(\d+)$/.exec(url)?.[1];
  if (ticket !== undefined)
    return element("a", { href: `#/tickets/${ticket}`, title: `Ticket ${ticket} in the sandbox's Bruin` }, text);
  return element("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, text);
}
