/** A form that drops a mail into a mailbox that the engine reads. */
import { api } from "../api.js";
import { element } from "../dom.js";
import { attempt } from "../toast.js";

export function mailForm() {
  const account = element("select", { name: "account", required: true });
  const from = element("input", {
    name: "from",
    type: "email",
    required: true,
    autocomplete: "off",
    placeholder: "noc@example.net",
  });
  const subject = element("input", { name: "subject", required: true, autocomplete: "off" });
  const text = /** @type {HTMLTextAreaElement} */ (
    element("textarea", { name: "text", required: true, rows: 6, placeholder: "What should it say?" })
  );
  const send = /** @type {HTMLButtonElement} */ (element("button.primary", { type: "submit" }, "Deliver"));
  const form = element(
    "form.notify",
    { onsubmit: submit, "aria-label": "Write to the engine" },
    element("h2", null, "Write to the engine"),
    element("p.muted", null, "Lies in the mailbox until a monitor reads it."),
    field("To", account),
    field("From", from),
    field("Subject", subject),
    field("Text", text),
    send,
  );
  void api.mailboxes().then((addresses) => {
    account.replaceChildren(...addresses.map((address) => element("option", { value: address }, address)));
  });
  return { element: form };

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    send.disabled = true;
    const mail = /** @type {Parameters<typeof api.deliver>[0]} */ (
      Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (form)))
    );
    const delivered = await attempt(
      api.deliver(mail).then(() => true),
      "Delivered.",
    );
    send.disabled = false;
    if (delivered) text.value = "";
    if (delivered) text.focus();
  }
}

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
function field(label, control) {
  return element("label.field", null, element("span", null, label), control);
}
