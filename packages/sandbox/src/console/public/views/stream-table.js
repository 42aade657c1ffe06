/**
 * A table of a stream that never ends: it can be filtered, paused and followed, and a row opened to read all of it.
 * @import { Columns } from "../stream-columns.js"
 */
import { arrange, element, setAttribute, setText } from "../dom.js";
import { moveWithArrows } from "../grid-keys.js";

/** @template T */
export class StreamTable {
  follows = true;
  words = "";

  #columns;
  #source;
  /** @type {Map<number, HTMLElement>} by number */
  #elements = new Map();
  /** @type {{ number: number, item: T }[] | null} what is shown while paused */
  #frozen = null;
  /** @type {number | null} */
  #opened = null;

  #body = element("tbody");
  #scroller = element("div.stream-scroll", { tabindex: -1 });
  #empty = element("p.empty");
  #detail = element("pre.stream-detail", { "aria-label": "The opened row", hidden: true, tabindex: 0 });

  /**
   * @param {string} label
   * @param {Columns<T>} columns
   * @param {() => { number: number, item: T }[]} source the newest rows, oldest first
   */
  constructor(label, columns, source) {
    this.#columns = columns;
    this.#source = source;
    const heads = columns.columns.map(({ name, className }) => element("th", { scope: "col", class: className }, name));
    const head = element("thead", null, element("tr", null, ...heads));
    const table = element("table.stream", { role: "grid", "aria-label": label }, head, this.#body);
    moveWithArrows(table, "row");
    this.#scroller.append(table);
    this.element = element("div.stream-box", null, this.#scroller, this.#empty, this.#detail);
  }

  get isPaused() {
    return this.#frozen !== null;
  }

  /** Rows that came since the pause began, as far as they are kept. */
  get waiting() {
    const last = this.#frozen?.at(-1)?.number ?? -1;
    return this.#frozen === null ? 0 : this.#source().filter(({ number }) => number > last).length;
  }

  /** @param {boolean} wanted */
  pause(wanted) {
    this.#frozen = wanted ? this.#source() : null;
    this.draw();
  }

  draw() {
    const { searchable } = this.#columns;
    const rows = this.#frozen ?? this.#source();
    const wanted = this.words === "" ? rows : rows.filter(({ item }) => searchable(item).includes(this.words));
    this.#forgetBefore(rows[0]?.number ?? Number.POSITIVE_INFINITY);
    arrange(
      this.#body,
      wanted.map((row) => this.#rowElement(row)),
    );
    this.#scroller.hidden = wanted.length === 0;
    this.#empty.hidden = wanted.length > 0;
    setText(this.#empty, rows.length === 0 ? "Nothing yet. Rows appear here as they happen." : "No row matches.");
    if (this.follows && !this.isPaused) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** @param {number} first */
  #forgetBefore(first) {
    for (const number of this.#elements.keys()) if (number < first) this.#elements.delete(number);
  }

  /** @param {{ number: number, item: T }} row */
  #rowElement({ number, item }) {
    const known = this.#elements.get(number);
    if (known !== undefined) return known;
    const { columns, mark } = this.#columns;
    const cells = columns.map(({ className, cell }) => {
      const content = cell(item);
      return element("td", { class: className }, className === "main" ? opener(content) : content);
    });
    const made = element(
      "tr",
      { role: "row", "data-mark": mark(item), onclick: () => this.#open(number, item) },
      ...cells,
    );
    this.#elements.set(number, made);
    return made;
  }

  /**
   * @param {number} number
   * @param {T} item
   */
  #open(number, item) {
    for (const other of [this.#opened, number]) {
      const made = other === null ? undefined : this.#elements.get(other);
      if (made !== undefined) setAttribute(made, "aria-selected", other === number ? "true" : null);
    }
    this.#opened = number;
    this.#detail.hidden = false;
    setText(this.#detail, this.#columns.whole(item));
  }
}

/** @param {import("../dom.js").Child} content */
function opener(content) {
  return element("button.opener", { type: "button", "data-control": "row", tabindex: -1 }, content);
}
