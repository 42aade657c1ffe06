/**
 * What people received: the Slack channel, e-mails and SMS, and a form that sends one through the notifier.
 * @import { Message } from "../../api-types.ts"
 * @import { View } from "../main.js"
 * @import { Store } from "../store.js"
 */
import { element, setAttribute, setText } from "../dom.js";
import { emailPane } from "./email.js";
import { notifyForm } from "./notify-form.js";
import { chatPane } from "./slack.js";
import { smsPane } from "./sms.js";

/** Older messages than this are not drawn. */
const shownMessages = 300;

const channels = /** @type {const} */ ([
  { channel: "slack", label: "Slack", makePane: chatPane },
  { channel: "email", label: "E-mail", makePane: emailPane },
  { channel: "sms", label: "SMS", makePane: smsPane },
]);

/**
 * @param {Store} store
 * @returns {View}
 */
export function messagesView(store) {
  const tabs = channels.map(({ channel, label, makePane }) => {
    const number = element("span.badge");
    const link = element("a", { href: `#/messages/${channel}` }, label, number);
    return { channel, label, number, link, pane: makePane() };
  });
  const heading = element("h1", null, "Messages");
  const place = element("div.pane");
  const form = notifyForm();
  /** @type {string[]} */
  let path = [];

  return {
    element: element(
      "section.view.messages",
      null,
      element(
        "div.view-head",
        null,
        heading,
        element("nav.tabs", { "aria-label": "Channels" }, ...tabs.map(({ link }) => link)),
      ),
      place,
      form.element,
    ),
    show(rest) {
      const channel = channels.some((known) => known.channel === rest[0]) ? rest[0] : "slack";
      if (channel !== path[0]) form.choose(channel ?? "slack");
      path = [channel ?? "slack", ...rest.slice(1)];
      draw();
    },
    update({ topics }) {
      if (topics.has("messages")) draw();
    },
  };

  function draw() {
    for (const { channel, number, link, pane } of tabs) {
      const messages = messagesOf(channel);
      setText(number, messages.length === 0 ? "" : String(messages.length));
      setAttribute(link, "aria-current", channel === path[0] ? "page" : null);
      if (channel !== path[0]) continue;
      if (pane.element.parentElement !== place) place.replaceChildren(pane.element);
      pane.draw(messages.slice(-shownMessages), path[1]);
    }
  }

  /** @param {Message["channel"]} channel oldest first */
  function messagesOf(channel) {
    return [...store.messages.values()]
      .filter((message) => message.channel === channel)
      .sort((a, b) => a.at.localeCompare(b.at));
  }
}
