/** Mails: a list, newest first, and the one that is open. */
import { arrange, element, setAttribute } from "../dom.js";
import { timeElement } from "../time.js";

/**
 * @template {{ id: string }} Mail
 * @typedef {object} MailPaneOptions
 * @property {string} label what the list is called
 * @property {string} address where an item leads, without the id
 * @property {string} empty said when there is none
 * @property {(mail: Mail) => { subject: string, who: string, at: string }} summary
 * @property {(mail: Mail) => HTMLElement} open the whole of a mail
 * @property {(mail: Mail) => boolean} [isUnread] whether a mail still waits for somebody
 */

/**
 * @template {{ id: string }} Mail
 * @param {MailPaneOptions<Mail>} options
 */
export function mailPane({ label, address, empty: nothing, summary, open: whole, isUnread = () => false }) {
  /** @type {Map<string, HTMLElement>} */
  const items = new Map();
  const list = element("ul.mail-list", { "aria-label": label });
  const open = element("div.mail-open");
  const empty = element("p.empty", null, nothing);
  let shown = "";
  return { element: element("div.mail", null, list, open, empty), draw };

  /**
   * @param {readonly Mail[]} mails oldest first
   * @param {string} [id] the newest when left out
   */
  function draw(mails, id) {
    const newestFirst = mails.toReversed();
    const selected = newestFirst.find((mail) => mail.id === id) ?? newestFirst[0];
    arrange(list, newestFirst.map(itemOf));
    for (const [key, item] of items) {
      const link = /** @type {Element} */ (item.firstElementChild);
      setAttribute(link, "aria-current", key === selected?.id ? "true" : null);
    }
    empty.hidden = mails.length > 0;
    const state = selected === undefined ? "" : `${selected.id} ${isUnread(selected)}`;
    if (state === shown) return;
    shown = state;
    open.replaceChildren(...(selected === undefined ? [] : [whole(selected)]));
  }

  /** @param {Mail} mail */
  function itemOf(mail) {
    const known = items.get(mail.id);
    const item = known ?? newItem(mail);
    items.set(mail.id, item);
    const mark = /** @type {HTMLElement} */ (item.querySelector(".unread"));
    mark.hidden = !isUnread(mail);
    return item;
  }

  /** @param {Mail} mail */
  function newItem(mail) {
    const { subject, who, at } = summary(mail);
    const link = element(
      "a",
      { href: `${address}/${encodeURIComponent(mail.id)}` },
      element("b", null, subject || "(no subject)"),
      element(
        "span.line",
        null,
        element("span.to", null, who),
        element("span.unread", null, "unread"),
        timeElement(at),
      ),
    );
    return element("li", null, link);
  }
}
