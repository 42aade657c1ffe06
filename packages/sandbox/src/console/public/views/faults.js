/**
 * Faults of the third parties: what is active, and a form that adds one.
 * @import { Fault } from "../../api-types.ts"
 * @import { View } from "../main.js"
 * @import { Store } from "../store.js"
 */
import { api } from "../api.js";
import { element, setText } from "../dom.js";
import { kindWords, systemWords } from "../fault-words.js";
import { attempt } from "../toast.js";
import { faultForm } from "./fault-form.js";

/**
 * @param {Store} store
 * @returns {View}
 */
export function faultsView(store) {
  const rows = element("tbody");
  const empty = element("p.empty", null, "Every third party works. Add a fault to see what happens when one does not.");
  const table = element("div.scroll", null, element("table", null, tableHead(), rows));
  const removeAll = element("button", { type: "button", onclick: () => remove(undefined) }, "Remove all");
  const active = element("h2");
  const form = faultForm();

  return {
    element: element(
      "section.view.faults",
      null,
      element("div.view-head", null, element("h1", null, "Faults")),
      element(
        "div.fault-columns",
        null,
        form.element,
        element("div", null, element("div.section-head", null, active, removeAll), table, empty),
      ),
    ),
    show: draw,
    update({ topics }) {
      if (topics.has("faults") || topics.has("about")) draw();
    },
  };

  function draw() {
    form.offer(store.about.systems);
    const none = store.faults.length === 0;
    rows.replaceChildren(...store.faults.map((fault) => faultRow(fault, remove)));
    setText(active, none ? "No fault is active" : `Active faults: ${store.faults.length}`);
    table.hidden = none;
    removeAll.hidden = none;
    empty.hidden = !none;
  }

  /** @param {string | undefined} id all when left out */
  async function remove(id) {
    await attempt(api.removeFault(id), id === undefined ? "All faults removed." : "Fault removed.");
  }
}

/**
 * @param {Fault} fault
 * @param {(id: string) => Promise<void>} remove
 */
function faultRow(fault, remove) {
  const system = systemWords[fault.system] ?? fault.system;
  const kind = kindWords[fault.kind] ?? fault.kind;
  const label = `Remove fault of ${system}: ${kind}`;
  return element(
    "tr",
    null,
    element("td", null, system),
    element("td", null, kind, detailsOf(fault)),
    element("td", null, placeOf(fault)),
    element("td.number", null, fault.times === undefined ? fault.hits : `${fault.hits} of ${fault.times}`),
    element(
      "td.action",
      null,
      element("button", { type: "button", "aria-label": label, onclick: () => remove(fault.id) }, "Remove"),
    ),
  );
}

/** @param {Fault} fault */
function detailsOf({ delayMs, retryAfterSeconds, when }) {
  const details = [
    delayMs !== undefined && `${delayMs} ms`,
    retryAfterSeconds !== undefined && `retry after ${retryAfterSeconds} s`,
    when === "after" && "after the call took effect",
  ].filter((detail) => detail !== false);
  return details.length > 0 && element("span.muted", null, ` (${details.join(", ")})`);
}

/** @param {Fault} fault */
function placeOf({ host, method, path }) {
  const parts = [method, host, path].filter((part) => part !== undefined);
  return parts.length === 0 ? element("span.muted", null, "every call") : element("span.mono", null, parts.join(" "));
}

function tableHead() {
  const heads = ["System", "Kind", "Calls hit by it"].map((name) => element("th", { scope: "col" }, name));
  const hits = element("th.number", { scope: "col" }, "Hits");
  const action = element("th", { scope: "col" }, element("span.unseen", null, "Action"));
  return element("thead", null, element("tr", null, ...heads, hits, action));
}
