/**
 * Every edge and link, grouped by host and customer, each with a button that fails or heals it.
 * @import { Edge } from "../../api-types.ts"
 * @import { View } from "../main.js"
 * @import { Changes, Store } from "../store.js"
 */
import { api } from "../api.js";
import { arrange, element, searchField, setText } from "../dom.js";
import { edgeKey, isTroubled, searchableText } from "../edge-state.js";
import { moveWithArrows } from "../grid-keys.js";
import { isOpen } from "../ticket-words.js";
import { attempt } from "../toast.js";
import { fleetCounters } from "./fleet-counters.js";
import { columnHeads, FleetGroup } from "./fleet-group.js";
import { EdgeRow } from "./fleet-row.js";

/** More rows than this are drawn on demand: nobody reads them, and every one costs the browser. */
const rowsAtFirst = 300;

/** @implements {View} */
export class FleetView {
  #store;
  /** @type {Map<string, EdgeRow>} by edge */
  #rows = new Map();
  /** @type {Map<string, FleetGroup>} by host and customer */
  #groups = new Map();
  #limit = rowsAtFirst;

  #counters = fleetCounters();
  #search = searchField("Filter edges", () => this.show());
  #onlyTroubled = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", onchange: () => this.show() }));
  #heads = columnHeads();
  #grid = element("div.fleet", { role: "grid", "aria-label": "Edges" });
  #nothing = element("p.empty", { hidden: true });
  #more = element("button.more", { type: "button", onclick: () => this.#showMore(), hidden: true });

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
    this.#search.input.placeholder = "Name, serial, customer, site, provider, state…";
    moveWithArrows(this.#grid, "edge");
    this.element = element(
      "section.view",
      null,
      element("div.view-head", null, element("h1", null, "Fleet"), this.#counters.element),
      element(
        "div.toolbar",
        null,
        this.#search.element,
        element("label.check", null, this.#onlyTroubled, "Only in trouble"),
        element("span.spring"),
        element("button", { type: "button", onclick: healEverything }, "Heal everything"),
      ),
      this.#grid,
      this.#nothing,
      this.#more,
    );
  }

  show() {
    const wanted = [...this.#store.edges.values()].filter((edge) => this.#isShown(edge)).sort(byPlace);
    const byGroup = Map.groupBy(wanted.slice(0, this.#limit), groupKey);
    const groups = [...byGroup].map(([key, edges]) => this.#drawGroup(key, edges));
    arrange(this.#grid, [this.#heads, ...groups]);
    this.#grid.hidden = wanted.length === 0;
    this.#nothing.hidden = wanted.length > 0;
    setText(this.#nothing, this.#store.edges.size === 0 ? "No edges yet." : "No edge matches.");
    this.#more.hidden = wanted.length <= this.#limit;
    setText(this.#more, `Show ${wanted.length - this.#limit} more`);
    this.#drawCounts();
  }

  /** @param {Changes} changes */
  update({ topics, edges }) {
    if (topics.has("edges") && edges.size === 0) return this.show();
    if (topics.has("edges")) for (const key of edges) this.#updateEdge(key);
    if (topics.has("edges") || topics.has("tickets")) this.#drawCounts();
  }

  /** @param {string} key */
  #updateEdge(key) {
    const edge = this.#store.edges.get(key);
    const row = this.#rows.get(key);
    if (edge === undefined || row?.element.isConnected !== this.#isShown(edge)) return this.show();
    row.update(edge);
  }

  /**
   * @param {string} key
   * @param {Edge[]} edges
   */
  #drawGroup(key, edges) {
    const [first] = edges;
    const group = this.#groups.get(key) ?? new FleetGroup(first?.host ?? "", first?.customer ?? "");
    this.#groups.set(key, group);
    return group.draw(edges.map((edge) => this.#drawRow(edge)));
  }

  /** @param {Edge} edge */
  #drawRow(edge) {
    const row = this.#rows.get(edgeKey(edge)) ?? new EdgeRow(edge);
    this.#rows.set(edgeKey(edge), row);
    return row.update(edge);
  }

  #drawCounts() {
    const edges = [...this.#store.edges.values()];
    this.#counters.draw(edges, [...this.#store.tickets.values()].filter(isOpen).length);
    const byGroup = Map.groupBy(edges, groupKey);
    for (const [key, group] of this.#groups) group.summarise(byGroup.get(key) ?? []);
  }

  /** @param {Edge} edge */
  #isShown(edge) {
    if (this.#onlyTroubled.checked && !isTroubled(edge)) return false;
    return this.#search.matches(() => searchableText(edge));
  }

  #showMore() {
    this.#limit = Number.POSITIVE_INFINITY;
    this.show();
  }
}

async function healEverything() {
  await attempt(api.healEverything(), "Everything is healed.");
}

/** @param {Edge} edge */
function groupKey({ host, customer }) {
  return `${host}\n${customer}`;
}

/**
 * @param {Edge} a
 * @param {Edge} b
 */
function byPlace(a, b) {
  return (
    a.host.localeCompare(b.host) ||
    a.customer.localeCompare(b.customer) ||
    a.name.localeCompare(b.name, undefined, { numeric: true }) ||
    a.serial.localeCompare(b.serial)
  );
}
