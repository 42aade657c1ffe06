/**
 * What travels: messages on NATS, and requests the stand-ins of the third parties received.
 * @import { View } from "../main.js"
 * @import { Changes, Store } from "../store.js"
 */
import { element, searchField, setAttribute, setText } from "../dom.js";
import { callColumns, trafficColumns } from "../stream-columns.js";
import { StreamTable } from "./stream-table.js";

/** A busy system has hundreds of rows per second; drawing them more often than this helps nobody, in milliseconds. */
const drawEvery = 250;

/** @implements {View} */
export class TrafficView {
  #store;
  #nats;
  #calls;
  /** @type {StreamTable<any>} */
  #shown;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #drawLater;

  #natsTab = element("a", { href: "#/traffic" }, "NATS");
  #callsTab = element("a", { href: "#/traffic/calls" }, "Third-party calls");
  #search = searchField("Filter rows", () => this.#filter());
  #follow = /** @type {HTMLInputElement} */ (
    element("input", { type: "checkbox", checked: true, onchange: () => this.#draw() })
  );
  #pause = element("button", { type: "button", "aria-pressed": "false", onclick: () => this.#togglePause() }, "Pause");
  #dropped = element("span.muted");
  #place = element("div.stream-place");

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
    this.#nats = new StreamTable("NATS messages", trafficColumns, () => store.traffic.rows);
    this.#calls = new StreamTable("Third-party calls", callColumns, () => store.calls.rows);
    this.#shown = this.#nats;
    const tabs = element("nav.tabs", { "aria-label": "Kinds of traffic" }, this.#natsTab, this.#callsTab);
    this.element = element(
      "section.view.traffic",
      null,
      element("div.view-head", null, element("h1", null, "Traffic"), tabs),
      element(
        "div.toolbar",
        null,
        this.#search.element,
        element("label.check", null, this.#follow, "Follow"),
        this.#dropped,
        element("span.spring"),
        this.#pause,
      ),
      this.#place,
    );
  }

  /** @param {string[]} path */
  show([kind]) {
    const showsCalls = kind === "calls";
    this.#shown = showsCalls ? this.#calls : this.#nats;
    this.#search.input.value = this.#shown.words;
    this.#search.input.placeholder = showsCalls ? "System, method, path, status…" : "Subject, request id, text…";
    setAttribute(this.#natsTab, "aria-current", showsCalls ? null : "page");
    setAttribute(this.#callsTab, "aria-current", showsCalls ? "page" : null);
    this.#place.replaceChildren(this.#shown.element);
    this.#draw();
  }

  /** @param {Changes} changes */
  update({ topics }) {
    if (!topics.has("traffic") && !topics.has("calls")) return;
    this.#drawLater ??= setTimeout(() => this.#draw(), drawEvery);
  }

  hide() {
    this.#stopWaiting();
  }

  #draw() {
    this.#stopWaiting();
    this.#shown.follows = this.#follow.checked;
    this.#shown.draw();
    const { isPaused, waiting } = this.#shown;
    const { dropped } = this.#store;
    setText(this.#dropped, dropped === 0 ? "" : `${dropped} rows left out in floods`);
    setAttribute(this.#pause, "aria-pressed", String(isPaused));
    setText(this.#pause, isPaused ? `Resume${waiting > 0 ? ` (${waiting} new)` : ""}` : "Pause");
  }

  #stopWaiting() {
    clearTimeout(this.#drawLater);
    this.#drawLater = undefined;
  }

  #filter() {
    this.#shown.words = this.#search.input.value.toLowerCase();
    this.#draw();
  }

  #togglePause() {
    this.#shown.pause(!this.#shown.isPaused);
    this.#draw();
  }
}
