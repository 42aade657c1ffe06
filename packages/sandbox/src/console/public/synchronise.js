/**
 * Keeps the store equal to the sandbox: everything is fetched whenever the event stream opens, and events keep it
 * current after that. Events that arrive during the fetch are applied after it, so none is lost or undone.
 * @import { Store } from "./store.js"
 */
import { api } from "./api.js";
import { edgeKey } from "./edge-state.js";
import { openStream } from "./stream.js";
import { noteEvent, setNow } from "./time.js";

/** @param {Store} store */
export function synchronise(store) {
  /** @type {{ type: string, data: any }[] | null} */
  let heldBack = null;
  let attempt = 0;

  openStream({
    onOpen: refetch,
    onLost() {
      attempt += 1;
      setConnection("lost");
    },
    onEvent(type, data) {
      if (heldBack === null) applyEvent(store, type, data);
      else heldBack.push({ type, data });
    },
  });

  async function refetch() {
    const mine = ++attempt;
    heldBack = [];
    try {
      const snapshot = await fetchSnapshot();
      if (mine !== attempt) return;
      applySnapshot(store, snapshot);
      for (const { type, data } of heldBack) applyEvent(store, type, data);
      heldBack = null;
      setConnection("live");
    } catch {
      if (mine === attempt) setTimeout(refetch, 1_000);
    }
  }

  /** @param {Store["connection"]} state */
  function setConnection(state) {
    store.connection = state;
    store.changed("connection");
  }
}

const refetched = /** @type {const} */ ([
  "about",
  "edges",
  "tickets",
  "messages",
  "mails",
  "faults",
  "calls",
  "traffic",
]);

/** @typedef {Awaited<ReturnType<typeof fetchSnapshot>>} Snapshot */

async function fetchSnapshot() {
  const about = await api.about();
  const [world, tickets, messages, mails, calls, faults, traffic] = await Promise.all([
    api.world(),
    api.tickets(),
    api.messages(),
    api.mails(),
    api.calls(),
    api.faults(),
    about.nats ? api.traffic() : [],
  ]);
  return { about, traffic, world, tickets, messages, mails, calls, faults };
}

/**
 * @param {Store} store
 * @param {Snapshot} snapshot
 */
function applySnapshot(store, { about, world, tickets, messages, mails, calls, faults, traffic }) {
  setNow(world.now);
  store.isFilled = true;
  store.about = about;
  store.customers = new Map(world.customers.map((customer) => [customer.name, customer]));
  store.edges = new Map(world.edges.map((edge) => [edgeKey(edge), edge]));
  store.tickets = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  store.messages = new Map(messages.map((message) => [message.id, message]));
  store.mails = new Map(mails.map((mail) => [mail.id, mail]));
  store.faults = faults;
  store.calls.clear();
  store.calls.add(...calls);
  store.traffic.clear();
  store.traffic.add(...traffic);
  store.dropped = 0;
  for (const topic of refetched) store.changed(topic);
}

/**
 * @param {Store} store
 * @param {string} type
 * @param {any} data what api-types.ts says of the type
 */
function applyEvent(store, type, data) {
  switch (type) {
    case "world":
      store.edges.set(edgeKey(data), data);
      noteEvent(data.since);
      return store.changed("edges", edgeKey(data));
    case "ticket":
      store.tickets.set(data.id, data);
      return store.changed("tickets");
    case "message":
      store.messages.set(data.id, data);
      noteEvent(data.at);
      return store.changed("messages");
    case "mail":
      store.mails.set(data.id, data);
      noteEvent(data.at);
      return store.changed("mails");
    case "call":
      store.calls.add(data);
      return store.changed("calls");
    case "nats":
      store.traffic.add(data);
      noteEvent(data.at);
      return store.changed("traffic");
    case "fault":
      store.faults = data;
      return store.changed("faults");
    case "dropped":
      store.dropped += data.count;
      return store.changed(data.type === "nats" ? "traffic" : "calls");
  }
}
