/**
 * What an edge and its links are like, in one of four words.
 * @import { Edge } from "../api-types.ts"
 *
 * @typedef {"up" | "trouble" | "down" | "idle"} Health
 */

/** @type {Record<string, Health>} VeloCloud's states; any other is shown as trouble under its own name */
const healthOfState = {
  CONNECTED: "up",
  STABLE: "up",
  READY: "up",
  OFFLINE: "down",
  DISCONNECTED: "down",
  FAILED: "down",
  NEVER_ACTIVATED: "idle",
};

/**
 * @param {string} state
 * @returns {Health}
 */
export function healthOf(state) {
  return healthOfState[state] ?? "trouble";
}

/**
 * An edge that works over a dead link, or with a dead standby, is in trouble.
 * @param {Edge} edge
 * @returns {Health}
 */
export function edgeHealth(edge) {
  const own = healthOf(edge.state);
  if (own !== "up") return own;
  const troubled = edge.links.some((link) => healthOf(link.state) !== "up");
  return troubled || (edge.haState !== null && healthOf(edge.haState) !== "up") ? "trouble" : "up";
}

/** @param {Edge} edge */
export function isTroubled(edge) {
  const health = edgeHealth(edge);
  return health === "trouble" || health === "down";
}

/**
 * The units of a high-availability pair swap their serials when the standby takes over; the pair stays one edge.
 * @param {Edge} edge
 */
export function edgeKey({ serial, haSerial }) {
  return haSerial === null || serial < haSerial ? serial : haSerial;
}

/** @param {Edge} edge in words, never by colour alone */
export function edgeWords(edge) {
  if (healthOf(edge.state) === "down") return "Offline";
  if (healthOf(edge.state) !== "up") return sentence(edge.state);
  const dead = edge.links.filter((link) => healthOf(link.state) !== "up").length;
  if (dead > 0) return dead === 1 ? "Link down" : `${dead} links down`;
  return edgeHealth(edge) === "up" ? "Up" : "Standby down";
}

/** @param {string} state `NEVER_ACTIVATED` → `Never activated` */
export function sentence(state) {
  const words = state.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {Edge} edge everything a person may search an edge by, in lower case */
export function searchableText(edge) {
  const links = edge.links.flatMap((link) => [link.interface, link.label, link.isp, link.state]);
  return [
    edge.name,
    edge.serial,
    edge.haSerial,
    edge.customer,
    edge.host,
    edge.site,
    edge.state,
    edgeWords(edge),
    edge.ticketId,
  ]
    .concat(links)
    .join("\n")
    .toLowerCase();
}
