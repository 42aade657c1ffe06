/**
 * Everything the console knows of the sandbox. Only `synchronise.js` writes to it.
 * @import { About, Call, Customer, Edge, Fault, Mail, Message, Ticket, TicketSummary, Traffic } from "../api-types.ts"
 *
 * @typedef {"about" | "edges" | "tickets" | "messages" | "mails" | "faults" | "traffic" | "calls" | "connection"} Topic
 */

/**
 * What changed since listeners were last told.
 * @typedef {object} Changes
 * @property {Set<Topic>} topics
 * @property {Set<string>} edges keys of the edges that changed; all of them when empty though the topic is there
 */

/** Rows kept of the streams that never end. */
const keptRows = 500;

export class Store {
  /** @type {Map<string, Customer>} by name */
  customers = new Map();
  /** @type {Map<string, Edge>} by `edgeKey` */
  edges = new Map();
  /** @type {Map<number, TicketSummary | Ticket>} */
  tickets = new Map();
  /** @type {Map<string, Message>} */
  messages = new Map();
  /** @type {Map<string, Mail>} in the mailboxes that the engine reads */
  mails = new Map();
  /** @type {About} */
  about = { nats: false, systems: [] };
  /** @type {readonly Fault[]} */
  faults = [];
  /** @type {RollingList<Traffic>} */
  traffic = new RollingList(keptRows);
  /** @type {RollingList<Call>} */
  calls = new RollingList(keptRows);
  /** Rows of traffic and calls that the sandbox left out because there were too many. */
  dropped = 0;
  /** @type {"connecting" | "live" | "lost"} */
  connection = "connecting";
  /** Whether all there is has been fetched once. */
  isFilled = false;

  /** @type {Changes | null} */
  #pending = null;
  /** @type {(changes: Changes) => void} */
  #listener = () => {};

  /**
   * Calls `listener` at most once per animation frame, with all that changed since.
   * @param {(changes: Changes) => void} listener
   */
  onChange(listener) {
    this.#listener = listener;
  }

  /**
   * @param {Topic} topic
   * @param {string} [edge] key of the one that changed
   */
  changed(topic, edge) {
    if (this.#pending === null) {
      this.#pending = { topics: new Set(), edges: new Set() };
      requestAnimationFrame(() => this.#tell());
    }
    const { topics, edges } = this.#pending;
    if (topic === "edges") {
      if (edge === undefined) edges.clear();
      else if (!topics.has("edges") || edges.size > 0) edges.add(edge);
    }
    topics.add(topic);
  }

  #tell() {
    const changes = this.#pending;
    this.#pending = null;
    if (changes !== null) this.#listener(changes);
  }
}

/**
 * The newest rows of an endless stream, each with a number that never changes.
 * @template T
 */
class RollingList {
  /** @type {{ number: number, item: T }[]} */
  rows = [];
  #size;
  #next = 0;

  /** @param {number} size */
  constructor(size) {
    this.#size = size;
  }

  /** @param {...T} items */
  add(...items) {
    for (const item of items) this.rows.push({ number: this.#next++, item });
    if (this.rows.length > this.#size) this.rows = this.rows.slice(-this.#size);
  }

  clear() {
    this.rows = [];
  }
}
