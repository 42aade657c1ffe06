/** @import { Edge } from "../../api-types.ts" */
import { element, icon, setText } from "../dom.js";
import { edgeHealth, healthOf } from "../edge-state.js";

/** The row of figures above the fleet. */
export function fleetCounters() {
  const figures = {
    up: figure("up", "edges up"),
    trouble: figure("trouble", "in trouble"),
    down: figure("down", "offline"),
    idle: figure("idle", "never activated"),
    links: figure(null, "links down"),
    tickets: figure(null, "open tickets"),
  };
  return {
    element: element("ul.counters", { "aria-label": "Totals" }, ...Object.values(figures).map(({ item }) => item)),
    draw,
  };

  /**
   * @param {Edge[]} edges
   * @param {number} openTickets
   */
  function draw(edges, openTickets) {
    const counts = { up: 0, trouble: 0, down: 0, idle: 0, links: 0, tickets: openTickets };
    for (const edge of edges) {
      counts[edgeHealth(edge)] += 1;
      counts.links += edge.links.filter(({ state }) => healthOf(state) === "down").length;
    }
    for (const name of /** @type {(keyof typeof counts)[]} */ (Object.keys(counts))) {
      setText(figures[name].number, String(counts[name]));
      figures[name].item.classList.toggle("none", counts[name] === 0);
    }
  }
}

/**
 * @param {string | null} health
 * @param {string} words
 */
function figure(health, words) {
  const number = element("b", null, 0);
  return { number, item: element("li", { "data-health": health }, health && icon(health), number, ` ${words}`) };
}
