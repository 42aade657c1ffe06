/** @import { Message } from "../../api-types.ts" */
import { arrange, element } from "../dom.js";
import { timeElement } from "../time.js";

/** Short messages, newest first. */
export function smsPane() {
  /** @type {Map<string, HTMLElement>} */
  const items = new Map();
  const list = element("ol.sms", { role: "log", "aria-label": "Short messages" });
  const empty = element("p.empty", null, "No short message yet. Send one with the form.");
  return { element: element("div", null, list, empty), draw };

  /** @param {Message[]} messages */
  function draw(messages) {
    for (const message of messages) if (!items.has(message.id)) items.set(message.id, smsItem(message));
    arrange(
      list,
      messages.toReversed().map(({ id }) => /** @type {HTMLElement} */ (items.get(id))),
    );
    empty.hidden = messages.length > 0;
  }
}

/** @param {Message} message */
function smsItem({ to = "unknown", at, text, parts = 1, encoding = "GSM-7" }) {
  return element(
    "li",
    null,
    element(
      "div.who",
      null,
      "to ",
      element("b.mono", null, to),
      timeElement(at),
      element("span.parts", null, `${parts === 1 ? "1 part" : `${parts} parts`}, ${encoding}`),
    ),
    element("p.text", null, text),
  );
}
