/** @import { TicketSummary } from "../../api-types.ts" */
import { element, setAttribute, setText } from "../dom.js";
import { statusWords } from "../ticket-words.js";
import { ageElement, setAge } from "../time.js";

/**
 * A ticket in the list.
 * @param {number} id
 */
export function ticketItem(id) {
  const status = element("span.status");
  const severity = element("span.severity");
  const client = element("span.client");
  const site = element("span.site");
  const since = ageElement(new Date(0).toISOString());
  const link = element(
    "a",
    { href: `#/tickets/${id}` },
    element("span.line", null, element("b", null, id), severity, element("span.spring"), status),
    element("span.line", null, client, site, element("span.spring"), since),
  );
  return { element: element("li", null, link), update };

  /**
   * @param {TicketSummary} ticket
   * @param {boolean} isSelected
   */
  function update(ticket, isSelected) {
    setAttribute(link, "aria-current", isSelected ? "true" : null);
    setAttribute(status, "data-status", ticket.status);
    setText(status, statusWords(ticket.status));
    setText(severity, `Severity ${ticket.severity}`);
    setAttribute(severity, "data-severity", String(ticket.severity));
    setText(client, ticket.client);
    setText(site, ticket.site);
    setAge(since, ticket.createdAt);
  }
}
