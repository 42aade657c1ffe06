/**
 * What people received: the Slack channel, e-mails and SMS; what the engine received; and forms to write to either.
 * @import { View } from "../main.js"
 * @import { Store } from "../store.js"
 */
import { element, setAttribute, setText } from "../dom.js";
import { emailPane } from "./email.js";
import { inboxPane } from "./inbox.js";
import { mailForm } from "./mail-form.js";
import { notifyForm } from "./notify-form.js";
import { chatPane } from "./slack.js";
import { smsPane } from "./sms.js";

/** Older messages than this are not drawn. */
const shownMessages = 300;

const channels = /** @type {const} */ ([
  { channel: "slack", label: "Slack", makePane: chatPane },
  { channel: "email", label: "E-mail", makePane: emailPane },
  { channel: "sms", label: "SMS", makePane: smsPane },
  { channel: "inbox", label: "Inbox", makePane: inboxPane },
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
  const notify = notifyForm();
  const write = mailForm();
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
      notify.element,
      write.element,
    ),
    show(rest) {
      const channel = channels.some((known) => known.channel === rest[0]) ? rest[0] : "slack";
      if (channel !== path[0] && channel !== "inbox") notify.choose(channel ?? "slack");
      notify.element.hidden = channel === "inbox";
      write.element.hidden = channel !== "inbox";
      path = [channel ?? "slack", ...rest.slice(1)];
      draw();
    },
    update({ topics }) {
      if (topics.has("messages") || topics.has("mails")) draw();
    },
  };

  function draw() {
    for (const { channel, number, link, pane } of tabs) {
      const messages = messagesOf(channel);
      setText(number, messages.length === 0 ? "" : String(messages.length));
      setAttribute(link, "aria-current", channel === path[0] ? "page" : null);
      if (channel !== path[0]) continue;
      if (pane.element.parentElement !== place) place.replaceChildren(pane.element);
      // Each pane gets what its own channel has.
      pane.draw(/** @type {any} */ (messages.slice(-shownMessages)), path[1]);
    }
  }

  /** @param {(typeof channels)[number]["channel"]} channel @returns {readonly { at: string }[]} oldest first */
  function messagesOf(channel) {
    const all = channel === "inbox" ? [...store.mails.values()] : ofChannel(channel);
    return all.sort((a, b) => a.at.localeCompare(b.at));
  }

  /** @param {string} wanted @returns {{ at: string }[]} */
  function ofChannel(wanted) {
    return [...store.messages.values()].filter(({ channel }) => channel === wanted);
  }
}
