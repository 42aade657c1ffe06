/**
 * The mailboxes that the engine reads, and whether it has read what lies there.
 * @import { Mail } from "../../api-types.ts"
 */
import { element } from "../dom.js";
import { timeElement } from "../time.js";
import { mailPane } from "./mail-pane.js";

export function inboxPane() {
  return mailPane({
    label: "Mails for the engine",
    address: "#/messages/inbox",
    empty: "No mail for the engine yet. Drop one into a mailbox with the form.",
    summary: ({ subject, from, at }) => ({ subject, who: from, at }),
    open: mailElement,
    isUnread: ({ isRead }) => !isRead,
  });
}

/** @param {Mail} mail */
function mailElement({ subject, from, account, uid, at, text, isRead }) {
  return element(
    "article",
    null,
    element("h2", null, subject || "(no subject)"),
    element(
      "p.mail-head",
      null,
      element("span", null, "From ", element("b", null, from || "unknown")),
      element("span", null, "To ", element("b", null, account)),
      element("span", null, "UID ", element("b.mono", null, uid)),
      element("span", null, isRead ? "Read" : "Unread"),
      timeElement(at),
    ),
    element("pre.mail-text", null, text),
  );
}
