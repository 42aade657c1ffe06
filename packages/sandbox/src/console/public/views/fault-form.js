/** @import { NewFault } from "../../api-types.ts" */
import { api } from "../api.js";
import { element } from "../dom.js";
import { kindsOf, kindWords, systemWords } from "../fault-words.js";
import { attempt } from "../toast.js";

/**
 * A form that adds a fault.
 * @param {() => Promise<void>} onAdded
 */
export function faultForm(onAdded) {
  const system = select("system", systemWords, adapt);
  const kind = select("kind", {}, adaptToKind);
  const path = field("Path contains", element("input", { name: "path", autocomplete: "off", placeholder: "any path" }));
  const delay = numberField("Milliseconds", { name: "delayMs", min: 0, value: 2000 });
  const retryAfter = numberField("Retry after, in seconds", { name: "retryAfterSeconds", min: 0, value: 5 });
  const form = /** @type {HTMLFormElement} */ (
    element(
      "form.fault-form",
      { onsubmit: submit, "aria-label": "Add a fault" },
      element("h2", null, "Add a fault"),
      field("System", system),
      field("Kind", kind),
      delay,
      retryAfter,
      path,
      numberField("Times", { name: "times", min: 1, placeholder: "until removed" }),
      element("button.primary", { type: "submit" }, "Add fault"),
    )
  );
  adapt();
  return form;

  function adapt() {
    const kinds = kindsOf[system.value] ?? [];
    const before = kind.value;
    kind.replaceChildren(...kinds.map((name) => element("option", { value: name }, kindWords[name])));
    if (kinds.includes(before)) kind.value = before;
    offer(path, system.value !== "smtp");
    adaptToKind();
  }

  function adaptToKind() {
    offer(delay, kind.value === "latency");
    offer(retryAfter, kind.value === "429" || kind.value === "503");
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    await attempt(api.addFault(faultOf(new FormData(form))), "Fault added.");
    await onAdded();
  }
}

const numbers = new Set(["times", "delayMs", "retryAfterSeconds"]);

/**
 * @param {FormData} data
 * @returns {NewFault}
 */
function faultOf(data) {
  const given = [...data].filter(([, value]) => value !== "");
  const values = given.map(([name, value]) => [name, numbers.has(name) ? Number(value) : value]);
  return /** @type {any} */ (Object.fromEntries(values));
}

/**
 * @param {HTMLElement} shown a field; one that is not offered is not sent
 * @param {boolean} offered
 */
function offer(shown, offered) {
  shown.hidden = !offered;
  for (const input of shown.querySelectorAll("input")) input.disabled = !offered;
}

/**
 * @param {string} name
 * @param {Record<string, string>} choices
 * @param {() => void} onChange
 */
function select(name, choices, onChange) {
  const options = Object.entries(choices).map(([value, label]) => element("option", { value }, label));
  return /** @type {HTMLSelectElement} */ (element("select", { name, onchange: onChange }, ...options));
}

/**
 * @param {string} label
 * @param {Record<string, unknown>} properties
 */
function numberField(label, properties) {
  return field(label, element("input", { type: "number", ...properties }));
}

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
function field(label, control) {
  return element("label.field", null, element("span", null, label), control);
}
