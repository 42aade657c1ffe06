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

/** @typedef {Awaited<ReturnType<typeof fetchSnapshot>>} Snapshot */

async function fetchSnapshot() {
  const [world, tickets, messages, calls, faults] = await Promise.all([
    api.world(),
    api.tickets(),
    api.messages(),
    api.calls(),
    api.faults(),
  ]);
  return { world, tickets, messages, calls, faults };
}

/**
 * @param {Store} store
 * @param {Snapshot} snapshot
 */
function applySnapshot(store, { world, tickets, messages, calls, faults }) {
  setNow(world.now);
  store.customers = new Map(world.customers.map((customer) => [customer.name, customer]));
  store.edges = new Map(world.edges.map((edge) => [edgeKey(edge), edge]));
  store.tickets = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  store.messages = new Map(messages.map((message) => [message.id, message]));
  store.faults = faults;
  store.calls.clear();
  store.calls.add(...calls.toSorted((a, b) => a.at.localeCompare(b.at)));
  for (const topic of /** @type {const} */ (["edges", "tickets", "messages", "faults", "calls"])) store.changed(topic);
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
    case "call":
      store.calls.add(data);
      return store.changed("calls");
    case "nats":
      store.traffic.add(data);
      return store.changed("traffic");
    case "fault":
      return void refreshFaults(store);
  }
}

/**
 * The event says that something changed, not whether a fault came, went or was used up.
 * @param {Store} store
 */
export async function refreshFaults(store) {
  store.faults = await api.faults().catch(() => store.faults);
  store.changed("faults");
}
