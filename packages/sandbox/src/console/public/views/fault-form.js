/** @import { About, NewFault } from "../../api-types.ts" */
import { api } from "../api.js";
import { element } from "../dom.js";
import { kindWords, systemWords } from "../fault-words.js";
import { attempt } from "../toast.js";

/** A form that adds a fault. */
export function faultForm() {
  /** @type {About["systems"]} */
  let systems = [];
  const system = select("system", adapt);
  const kind = select("kind", adaptToKind);
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
  adaptToKind();
  return { element: form, offer };

  /** @param {About["systems"]} present the third parties there are */
  function offer(present) {
    if (present === systems) return;
    systems = present;
    setChoices(
      system,
      systems.map(({ name }) => name),
      systemWords,
    );
    adapt();
  }

  function adapt() {
    setChoices(kind, systems.find(({ name }) => name === system.value)?.faultKinds ?? [], kindWords);
    show(path, !["smtp", "imap"].includes(system.value));
    adaptToKind();
  }

  function adaptToKind() {
    show(delay, kind.value === "latency");
    show(retryAfter, kind.value === "429" || kind.value === "503");
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    await attempt(api.addFault(faultOf(new FormData(form))), "Fault added.");
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
 * @param {HTMLElement} target a field; one that is not shown is not sent
 * @param {boolean} isShown
 */
function show(target, isShown) {
  target.hidden = !isShown;
  for (const input of target.querySelectorAll("input")) input.disabled = !isShown;
}

/**
 * @param {HTMLSelectElement} select keeps its choice where it can
 * @param {readonly string[]} values
 * @param {Record<string, string>} words
 */
function setChoices(select, values, words) {
  const before = select.value;
  select.replaceChildren(...values.map((value) => element("option", { value }, words[value] ?? value)));
  if (values.includes(before)) select.value = before;
}

/**
 * @param {string} name
 * @param {() => void} onChange
 */
function select(name, onChange) {
  return /** @type {HTMLSelectElement} */ (element("select", { name, onchange: onChange }));
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
