/**
 * Bruin's codes in words.
 * @import { TicketSummary } from "../api-types.ts"
 */

/** @type {Record<string, string>} */
const topics = { VOO: "Service outage", VAS: "Service affecting" };
/** @type {Record<string, string>} */
const statuses = {
  I: "In progress",
  R: "Resolved",
  C: "Closed",
  O: "Open",
  InProgress: "In progress",
  "In-Progress": "In progress",
};

/** @param {string} topic */
export function topicWords(topic) {
  return topics[topic] ?? topic;
}

/** @param {string} status of a ticket or a detail */
export function statusWords(status) {
  return statuses[status] ?? status;
}

/** @param {Pick<TicketSummary, "status">} ticket */
export function isOpen({ status }) {
  return status !== "Resolved" && status !== "Closed";
}
