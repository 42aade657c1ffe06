/**
 * The sandbox's web console: the frame around the views, the keyboard and the connection to the sandbox.
 * @import { Changes } from "./store.js"
 *
 * @typedef {object} View
 * @property {HTMLElement} element holds one `h1`
 * @property {(path: string[]) => void} show draws everything; `path` is what follows the view's own part of the address
 * @property {(changes: Changes) => void} update draws what changed; called only while the view is shown
 * @property {() => void} [hide]
 */
import { element, icon, setAttribute, setText, takesText } from "./dom.js";
import { isTroubled } from "./edge-state.js";
import { openHelp } from "./help.js";
import { Store } from "./store.js";
import { synchronise } from "./synchronise.js";
import { isOpen } from "./ticket-words.js";
import { clockTime, now, refreshAges } from "./time.js";
import { faultsView } from "./views/faults.js";
import { FleetView } from "./views/fleet.js";
import { messagesView } from "./views/messages.js";
import { servicesView } from "./views/services.js";
import { TicketsView } from "./views/tickets.js";
import { TrafficView } from "./views/traffic.js";

const routes = [
  {
    path: "fleet",
    label: "Fleet",
    make: () => new FleetView(store),
    count: () => count(store.edges, isTroubled),
    counted: "in trouble",
  },
  {
    path: "tickets",
    label: "Tickets",
    make: () => new TicketsView(store),
    count: () => count(store.tickets, isOpen),
    counted: "open",
  },
  { path: "messages", label: "Messages", make: () => messagesView(store) },
  { path: "traffic", label: "Traffic", make: () => new TrafficView(store) },
  { path: "services", label: "Services", make: () => servicesView(store) },
  {
    path: "faults",
    label: "Faults",
    make: () => faultsView(store),
    count: () => store.faults.length,
    counted: "active",
  },
];

const store = new Store();
/** @type {Map<string, View>} made when first shown, then kept with their filters */
const views = new Map();
/** @type {Map<string, number>} where each view was scrolled to */
const scrolled = new Map();
/** @type {{ path: string, view: View } | null} */
let shown = null;

const navigation = byId("navigation");
const badges = routes.map((route, index) => addNavigation(route, index + 1));

window.addEventListener("hashchange", () => navigate({ focus: true }));
document.addEventListener("keydown", onKey);
byId("help").addEventListener("click", openHelp);
setInterval(tick, 1_000);
store.onChange((changes) => {
  if (changes.topics.has("connection")) showConnection();
  showCounts();
  shown?.view.update(changes);
});
synchronise(store);
showConnection();
navigate({ focus: false });
tick();

/** @param {{ focus: boolean }} how */
function navigate({ focus }) {
  const [first = "", ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const route = routes.find(({ path }) => path === first);
  if (route === undefined) return location.replace("#/fleet");
  const view = views.get(route.path) ?? route.make();
  views.set(route.path, view);
  const isNew = shown?.view !== view;
  if (isNew) swap(route.path, view);
  view.show(rest);
  if (isNew) window.scrollTo(0, scrolled.get(route.path) ?? 0);
  document.title = `${view.element.querySelector("h1")?.textContent ?? route.label} · Trunkline sandbox`;
  if (focus && isNew) focusHeading(view.element);
}

/**
 * @param {string} path
 * @param {View} view
 */
function swap(path, view) {
  if (shown !== null) {
    scrolled.set(shown.path, window.scrollY);
    shown.view.hide?.();
  }
  shown = { path, view };
  byId("main").replaceChildren(view.element);
  for (const link of navigation.querySelectorAll("a")) {
    setAttribute(link, "aria-current", link.hash === `#/${path}` ? "page" : null);
  }
}

/** @param {HTMLElement} view a new page is announced, and the next Tab starts at its top */
function focusHeading(view) {
  const heading = view.querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") !== null) return;
  const search = /** @type {HTMLInputElement | null} */ (
    shown?.view.element.querySelector("input[type=search]") ?? null
  );
  if (takesText(event.target)) {
    if (event.key === "Escape") /** @type {HTMLElement} */ (event.target).blur();
    return;
  }
  const route = routes[Number(event.key) - 1];
  if (route !== undefined) location.hash = `#/${route.path}`;
  else if (event.key === "?") openHelp();
  else if (event.key === "/" && search !== null) search.select();
  else return;
  event.preventDefault();
}

/**
 * @param {typeof routes[number]} route
 * @param {number} key
 */
function addNavigation({ path, label }, key) {
  const badge = element("span.badge");
  const keyHint = element("kbd", { "aria-hidden": "true" }, key);
  navigation.append(element("a", { href: `#/${path}`, "aria-keyshortcuts": key }, keyHint, label, badge));
  return badge;
}

function showCounts() {
  for (const [index, { count: counter, counted }] of routes.entries()) {
    const badge = badges[index];
    const counts = counter?.() ?? 0;
    if (badge === undefined) continue;
    setText(badge, counts === 0 ? "" : String(counts));
    setAttribute(badge, "title", counts === 0 ? null : `${counts} ${counted}`);
  }
}

function showConnection() {
  const words = { connecting: "Connecting", live: "Live", lost: "Connection lost" };
  const symbol = { connecting: "trouble", live: "up", lost: "down" };
  const state = byId("connection");
  state.dataset.state = store.connection;
  state.replaceChildren(icon(symbol[store.connection]), words[store.connection]);
  const banner = byId("banner");
  banner.hidden = store.connection !== "lost";
  if (!banner.hidden) {
    setText(banner, `Connection lost at ${clockTime(now())}. What you see may be out of date; trying to reconnect.`);
  }
}

function tick() {
  refreshAges();
  setText(byId("clock"), clockTime(now()));
}

/**
 * @template T
 * @param {Map<unknown, T>} all
 * @param {(item: T) => boolean} isCounted
 */
function count(all, isCounted) {
  let counted = 0;
  for (const item of all.values()) if (isCounted(item)) counted += 1;
  return counted;
}

/** @param {string} id */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
