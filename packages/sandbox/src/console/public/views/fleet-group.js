/** @import { Edge } from "../../api-types.ts" */
import { arrange, element, setText } from "../dom.js";
import { edgeHealth } from "../edge-state.js";

/** The edges of one customer on one host, under a heading that sums them up. */
export class FleetGroup {
  #summary = element("span.summary");
  #head;
  #element;

  /**
   * @param {string} host
   * @param {string} customer
   */
  constructor(host, customer) {
    const title = element("h2", { role: "gridcell" }, customer, element("span.host", null, host), this.#summary);
    this.#head = element("div.group-head", { role: "row" }, title);
    this.#element = element("section.group", { role: "rowgroup", "aria-label": `${customer}, ${host}` }, this.#head);
  }

  /** @param {Element[]} rows */
  draw(rows) {
    arrange(this.#element, [this.#head, ...rows]);
    return this.#element;
  }

  /** @param {Edge[]} edges all of the group, shown or not */
  summarise(edges) {
    const down = edges.filter((edge) => edgeHealth(edge) === "down").length;
    const troubled = edges.filter((edge) => edgeHealth(edge) === "trouble").length;
    const parts = [`${edges.length} ${edges.length === 1 ? "edge" : "edges"}`];
    if (down > 0) parts.push(`${down} offline`);
    if (troubled > 0) parts.push(`${troubled} in trouble`);
    setText(this.#summary, parts.join(" · "));
  }
}

/** The names of the columns, above all groups. */
export function columnHeads() {
  const names = ["State", "Edge", "Site", "Links", "Ticket"];
  const heads = names.map((name) => element("span", { role: "columnheader" }, name));
  const last = element("span", { role: "columnheader" }, element("span.unseen", null, "Action"));
  return element("div.edge-row.heads", { role: "row" }, ...heads, last);
}
