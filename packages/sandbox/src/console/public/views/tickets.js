/**
 * Bruin's tickets: a list, and beside it the one that is open.
 * @import { Ticket, TicketSummary } from "../../api-types.ts"
 * @import { View } from "../main.js"
 * @import { Changes, Store } from "../store.js"
 */
import { api } from "../api.js";
import { arrange, element, searchField, setText } from "../dom.js";
import { isOpen, statusWords } from "../ticket-words.js";
import { attempt } from "../toast.js";
import { ticketPage } from "./ticket.js";
import { ticketItem } from "./ticket-item.js";

/** @implements {View} */
export class TicketsView {
  #store;
  /** @type {Map<number, ReturnType<typeof ticketItem>>} */
  #items = new Map();
  /** @type {ReturnType<typeof ticketPage> | null} the ticket that is drawn */
  #page = null;
  /** @type {number | null} the ticket that is wanted */
  #selected = null;

  #heading = element("h1", null, "Tickets");
  #search = searchField("Filter tickets", () => this.#drawList());
  #list = element("ul.ticket-list");
  #none = element("p.empty", null, "No ticket yet. Fail an edge in the fleet and let its quarantine pass.");
  #side = element("div.ticket-side");

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
    this.#search.input.placeholder = "Number, client, site, status…";
    this.element = element(
      "section.view.tickets",
      null,
      element("div.view-head", null, this.#heading),
      element("nav.ticket-nav", { "aria-label": "Tickets" }, this.#search.element, this.#list, this.#none),
      this.#side,
    );
  }

  /** @param {string[]} path */
  show([id]) {
    this.#select(id === undefined ? null : Number(id));
    this.#drawList();
  }

  /** @param {Changes} changes */
  update({ topics }) {
    if (!topics.has("tickets")) return;
    this.#drawList();
    if (this.#selected !== null) void this.#refresh(this.#selected);
  }

  /** @param {number | null} id */
  #select(id) {
    this.#selected = id;
    setText(this.#heading, id === null ? "Tickets" : `Ticket ${id}`);
    if (this.#page?.id !== id) this.#say(id === null ? "Choose a ticket to read it." : "Loading…");
    if (id !== null) void this.#refresh(id);
  }

  /** @param {number} id */
  async #refresh(id) {
    const known = this.#store.tickets.get(id);
    if (known === undefined) return this.#say(this.#store.isFilled ? `There is no ticket ${id}.` : "Loading…");
    const ticket = isWhole(known) ? known : await attempt(api.ticket(id));
    if (id === this.#selected && ticket !== undefined) this.#draw(ticket);
  }

  /** @param {Ticket} ticket */
  #draw(ticket) {
    if (this.#page?.id !== ticket.id) {
      this.#page = ticketPage(ticket.id);
      this.#side.replaceChildren(this.#page.element);
    }
    this.#page.update(ticket);
  }

  /** @param {string} words instead of a ticket */
  #say(words) {
    this.#page = null;
    this.#side.replaceChildren(element("p.empty", null, words));
  }

  #drawList() {
    const wanted = [...this.#store.tickets.values()]
      .filter((ticket) => this.#search.matches(() => searchableText(ticket)))
      .sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || b.id - a.id);
    this.#none.hidden = this.#store.tickets.size > 0;
    arrange(
      this.#list,
      wanted.map((ticket) => this.#drawItem(ticket)),
    );
  }

  /** @param {TicketSummary} ticket */
  #drawItem(ticket) {
    const item = this.#items.get(ticket.id) ?? ticketItem(ticket.id);
    this.#items.set(ticket.id, item);
    item.update(ticket, ticket.id === this.#selected);
    return item.element;
  }
}

/** @param {TicketSummary} ticket */
function searchableText({ id, client, site, topic, status }) {
  return `${id}\n${client}\n${site}\n${topic}\n${status}\n${statusWords(status)}`.toLowerCase();
}

/**
 * @param {TicketSummary | Ticket} ticket
 * @returns {ticket is Ticket}
 */
function isWhole(ticket) {
  return "notes" in ticket;
}
