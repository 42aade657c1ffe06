/** @import { Edge, Link } from "../../api-types.ts" */
import { api } from "../api.js";
import { arrange, element, setAttribute, setText } from "../dom.js";
import { edgeHealth, edgeWords, healthOf, sentence } from "../edge-state.js";
import { stateMark } from "./state-mark.js";
import { VerbButton } from "./verb-button.js";

/** One edge of the fleet with its links. It is made once; after that only what changed is written. */
export class EdgeRow {
  #edge;
  #state = stateMark();
  #serial = element("span.serial");
  #standby = element("span.standby");
  #links = element("div.links", { role: "gridcell" });
  #ticket = element("div.ticket-cell", { role: "gridcell" });
  #button;
  /** @type {Map<string, LinkPill>} by interface */
  #pills = new Map();

  /** @param {Edge} edge */
  constructor(edge) {
    this.#edge = edge;
    this.#button = new VerbButton("edge", `edge ${edge.name}`, (verb) => api.setEdge(this.#edge.serial, verb));
    const name = element("b", null, edge.name);
    this.element = element(
      "div.edge-row",
      { role: "row" },
      element("div.state-cell", { role: "gridcell" }, this.#state.element),
      element("div.name", { role: "rowheader" }, name, element("span", null, this.#serial, this.#standby)),
      element("div.site", { role: "gridcell" }, edge.site),
      this.#links,
      this.#ticket,
      element("div.action", { role: "gridcell" }, this.#button.element),
    );
  }

  /** @param {Edge} edge */
  update(edge) {
    this.#edge = edge;
    const health = edgeHealth(edge);
    setAttribute(this.element, "data-health", health);
    this.#state.draw(health, edgeWords(edge), troubleSince(edge));
    setText(this.#serial, edge.serial);
    setText(
      this.#standby,
      edge.haSerial === null ? "" : `+ standby ${sentence(edge.haState ?? "unknown").toLowerCase()}`,
    );
    setAttribute(this.#standby, "title", edge.haSerial);
    this.#button.draw(verbFor(edge));
    drawTicket(this.#ticket, edge.ticketId);
    arrange(
      this.#links,
      edge.links.map((link) => this.#drawLink(link)),
    );
    return this.element;
  }

  /** @param {Link} link */
  #drawLink(link) {
    const about = `link ${link.interface} of ${this.#edge.name}`;
    const pill =
      this.#pills.get(link.interface) ??
      new LinkPill(link, about, (verb) => api.setLink(this.#edge.serial, link.interface, verb));
    this.#pills.set(link.interface, pill);
    return pill.update(link, healthOf(this.#edge.state) === "up");
  }
}

class LinkPill {
  #state = stateMark();
  #button;
  #element;

  /**
   * @param {Link} link
   * @param {string} about
   * @param {(verb: "fail" | "heal") => Promise<Edge>} act
   */
  constructor(link, about, act) {
    this.#button = new VerbButton(`link ${link.interface}`, about, act);
    const name = element("span.link-name", null, element("b", null, link.interface), ` ${link.label}`);
    this.#element = element(
      "div.link",
      { title: `${link.interface}: ${link.label}, ${link.isp}, ${link.type.toLowerCase()}` },
      this.#state.element,
      name,
      this.#button.element,
    );
  }

  /**
   * @param {Link} link
   * @param {boolean} isFree whether it can fail and heal by itself: the links of a dead edge are as dead as the edge
   */
  update(link, isFree) {
    const health = healthOf(link.state);
    setAttribute(this.#element, "data-health", health);
    this.#state.draw(health, linkWords(link), health === "up" ? null : link.since);
    this.#button.draw(!isFree ? null : health === "up" ? "fail" : "heal");
    return this.#element;
  }
}

/**
 * @param {Edge} edge
 * @returns {"fail" | "heal" | null} nothing can happen to an edge that was never activated
 */
function verbFor({ state, haState }) {
  if (healthOf(state) === "idle") return null;
  const works = healthOf(state) === "up" && (haState === null || healthOf(haState) === "up");
  return works ? "fail" : "heal";
}

/** @param {Link} link short, as little room as there is in a pill */
function linkWords({ state }) {
  return { up: "Up", down: "Down", idle: sentence(state), trouble: sentence(state) }[healthOf(state)];
}

/**
 * @param {Element} cell
 * @param {number | null} ticketId
 */
function drawTicket(cell, ticketId) {
  if (cell.textContent === String(ticketId ?? "")) return;
  cell.replaceChildren();
  if (ticketId === null) return;
  const label = `Ticket ${ticketId}`;
  const link = { href: `#/tickets/${ticketId}`, "data-control": "ticket", tabindex: -1, "aria-label": label };
  cell.append(element("a", link, ticketId));
}

/**
 * @param {Edge} edge
 * @returns {string | null} when the trouble shown for the edge began, null when there is none
 */
function troubleSince(edge) {
  if (healthOf(edge.state) === "idle") return null;
  if (healthOf(edge.state) !== "up") return edge.since;
  const dead = edge.links.filter(({ state }) => healthOf(state) !== "up").map(({ since }) => since);
  return dead.sort()[0] ?? null;
}
