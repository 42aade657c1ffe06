/** A form that sends a message through the notifier, as any service would. */
import { api } from "../api.js";
import { element } from "../dom.js";
import { attempt } from "../toast.js";

export function notifyForm() {
  const channel = /** @type {HTMLSelectElement} */ (
    element(
      "select",
      { name: "channel", onchange: () => adapt() },
      element("option", { value: "slack" }, "Slack"),
      element("option", { value: "email" }, "E-mail"),
      element("option", { value: "sms" }, "SMS"),
    )
  );
  const to = /** @type {HTMLInputElement} */ (element("input", { name: "to", required: true, autocomplete: "off" }));
  const subject = /** @type {HTMLInputElement} */ (
    element("input", { name: "subject", required: true, autocomplete: "off", value: "Test message" })
  );
  const text = /** @type {HTMLTextAreaElement} */ (
    element("textarea", { name: "text", required: true, rows: 3, placeholder: "What should it say?" })
  );
  const toField = field("To", to);
  const subjectField = field("Subject", subject);
  const send = /** @type {HTMLButtonElement} */ (element("button.primary", { type: "submit" }, "Send"));
  const form = element(
    "form.notify",
    { onsubmit: submit, "aria-label": "Send a test message" },
    element("h2", null, "Send a test message"),
    element("p.muted", null, "Published on NATS; the notifier delivers it."),
    field("Channel", channel),
    toField,
    subjectField,
    field("Text", text),
    send,
  );
  adapt();
  return { element: form, choose };

  /** @param {string} wanted */
  function choose(wanted) {
    channel.value = wanted;
    adapt();
  }

  function adapt() {
    toField.hidden = channel.value === "slack";
    to.disabled = toField.hidden;
    subjectField.hidden = channel.value !== "email";
    subject.disabled = subjectField.hidden;
    const type = channel.value === "email" ? "email" : "tel";
    if (to.type !== type) to.value = "";
    to.type = type;
    to.placeholder = channel.value === "email" ? "noc@example.net" : "+1 555 0100";
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    send.disabled = true;
    const message = /** @type {{ channel: string, text: string }} */ (
      Object.fromEntries(new FormData(/** @type {HTMLFormElement} */ (form)))
    );
    const sent = await attempt(
      api.notify(message).then(() => true),
      "Sent to the notifier.",
    );
    send.disabled = false;
    if (sent) text.value = "";
    if (sent) text.focus();
  }
}

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
function field(label, control) {
  return element("label.field", null, element("span", null, label), control);
}
