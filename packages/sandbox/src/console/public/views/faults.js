/**
 * Faults of the third parties: what is active, and a form that adds one.
 * @import { Fault, NewFault } from "../../api-types.ts"
 * @import { View } from "../main.js"
 * @import { Store } from "../store.js"
 */
import { api } from "../api.js";
import { element, setText } from "../dom.js";
import { refreshFaults } from "../synchronise.js";
import { attempt } from "../toast.js";

const systems = { velocloud: "VeloCloud", bruin: "Bruin", slack: "Slack", sms: "SMS gateway", smtp: "Mail server" };
const kinds = {
  500: "500: internal error",
  401: "401: login refused",
  429: "429: too many requests",
  latency: "Latency",
  garbage: "Garbage instead of an answer",
  "hang-up": "Hang up",
};

/**
 * @param {Store} store
 * @returns {View}
 */
export function faultsView(store) {
  const rows = element("tbody");
  const empty = element("p.empty", null, "Every third party works. Add a fault to see what happens when one does not.");
  const table = element("div.scroll", null, element("table", null, tableHead(), rows));
  const removeAll = element(
    "button",
    { type: "button", onclick: () => remove(undefined, "All faults removed.") },
    "Remove all",
  );
  const active = element("h2", null, "Active");

  return {
    element: element(
      "section.view.faults",
      null,
      element("div.view-head", null, element("h1", null, "Faults")),
      element(
        "div.fault-columns",
        null,
        faultForm(store),
        element("div", null, element("div.section-head", null, active, removeAll), table, empty),
      ),
    ),
    show: draw,
    update({ topics }) {
      if (topics.has("faults")) draw();
    },
  };

  function draw() {
    rows.replaceChildren(...store.faults.map(faultRow));
    setText(active, store.faults.length === 0 ? "Active" : `Active (${store.faults.length})`);
    table.hidden = store.faults.length === 0;
    removeAll.hidden = store.faults.length === 0;
    empty.hidden = store.faults.length > 0;
  }

  /** @param {Fault} fault */
  function faultRow(fault) {
    const button = element(
      "button",
      { type: "button", "aria-label": `Remove fault ${fault.id}`, onclick: () => remove(fault.id, "Fault removed.") },
      "Remove",
    );
    return element(
      "tr",
      null,
      element("td", null, word(systems, fault.system)),
      element("td", null, word(kinds, fault.kind)),
      element("td.mono", null, fault.path ?? element("span.muted", null, "any")),
      element("td.number", null, fault.times ?? "until removed"),
      element(
        "td.mono",
        null,
        [fault.delayMs && `${fault.delayMs} ms`, fault.retryAfterSeconds && `retry after ${fault.retryAfterSeconds} s`]
          .filter(Boolean)
          .join(", "),
      ),
      element("td.action", null, button),
    );
  }

  /**
   * @param {string | undefined} id
   * @param {string} words
   */
  async function remove(id, words) {
    await attempt(api.removeFault(id), words);
    await refreshFaults(store);
  }
}

function tableHead() {
  const names = ["System", "Kind", "Path contains", "Times left", "Delay"];
  const heads = names.map((name) =>
    element("th", { scope: "col", class: name === "Times left" ? "number" : null }, name),
  );
  return element(
    "thead",
    null,
    element("tr", null, ...heads, element("th", { scope: "col" }, element("span.unseen", null, "Action"))),
  );
}

/** @param {Store} store */
function faultForm(store) {
  const delay = field("Delay in ms", element("input", { name: "delayMs", type: "number", min: 0, value: 2000 }));
  const retryAfter = field(
    "Retry after, s",
    element("input", { name: "retryAfterSeconds", type: "number", min: 0, value: 5 }),
  );
  const kind = /** @type {HTMLSelectElement} */ (
    element("select", { name: "kind", onchange: () => adapt() }, ...options(kinds))
  );
  const form = /** @type {HTMLFormElement} */ (
    element(
      "form.fault-form",
      { onsubmit: submit, "aria-label": "Add a fault" },
      element("h2", null, "Add a fault"),
      field("System", element("select", { name: "system" }, ...options(systems))),
      field("Kind", kind),
      delay,
      retryAfter,
      field("Path contains", element("input", { name: "path", autocomplete: "off", placeholder: "any path" })),
      field("Times", element("input", { name: "times", type: "number", min: 1, placeholder: "until removed" })),
      element("button.primary", { type: "submit" }, "Add fault"),
    )
  );
  kind.value = "500";
  adapt();
  return form;

  function adapt() {
    for (const [shownFor, shown] of /** @type {const} */ ([
      ["latency", delay],
      ["429", retryAfter],
    ])) {
      shown.hidden = kind.value !== shownFor;
      for (const input of shown.querySelectorAll("input")) input.disabled = shown.hidden;
    }
  }

  /** @param {SubmitEvent} event */
  async function submit(event) {
    event.preventDefault();
    await attempt(api.addFault(faultOf(new FormData(form))), "Fault added.");
    await refreshFaults(store);
  }
}

/**
 * @param {FormData} data
 * @returns {NewFault}
 */
function faultOf(data) {
  const given = [...data].filter(([, value]) => value !== "");
  const numbers = new Set(["times", "delayMs", "retryAfterSeconds"]);
  return /** @type {any} */ (
    Object.fromEntries(given.map(([name, value]) => [name, numbers.has(name) ? Number(value) : value]))
  );
}

/** @param {Record<string, string>} choices */
function options(choices) {
  return Object.entries(choices).map(([value, label]) => element("option", { value }, label));
}

/**
 * @param {Record<string, string>} words
 * @param {string} key
 */
function word(words, key) {
  return words[key] ?? key;
}

/**
 * @param {string} label
 * @param {HTMLElement} control
 */
function field(label, control) {
  return element("label.field", null, element("span", null, label), control);
}
