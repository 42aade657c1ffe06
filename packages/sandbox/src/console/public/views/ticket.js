/**
 * One ticket as a support agent reads it in Bruin.
 * @import { Ticket, TicketDetail, TicketEvent, TicketNote } from "../../api-types.ts"
 */
import { arrange, element, setAttribute, setText } from "../dom.js";
import { statusWords, topicWords } from "../ticket-words.js";
import { timeElement } from "../time.js";

/** The line by which the engine knows its own notes; people read past it. */
const markerLine = /^#\*.*\*#$/;

/** @param {number} id */
export function ticketPage(id) {
  const facts = element("dl.facts");
  const status = element("span.status");
  const severity = element("span.severity");
  const client = element("h2");
  const details = element("tbody");
  const notes = element("ol.notes", { role: "log", "aria-label": "Notes" });
  const noNotes = element("p.empty", null, "No notes yet.");
  const history = element("ol.history");
  const historySection = element("details.history-section", null, element("summary", null, "History"), history);
  /** @type {Map<number, HTMLElement>} */
  const noteElements = new Map();

  return {
    id,
    element: element(
      "article.ticket",
      null,
      element("header", null, client, element("span.spring"), severity, status),
      facts,
      element("h3", null, "Tasks"),
      element("div.scroll", null, element("table.details", null, detailHeads(), details)),
      element("h3", null, "Notes"),
      notes,
      noNotes,
      historySection,
    ),
    update,
  };

  /** @param {Ticket} ticket */
  function update(ticket) {
    setText(client, ticket.client);
    setText(status, statusWords(ticket.status));
    setAttribute(status, "data-status", ticket.status);
    setText(severity, `Severity ${ticket.severity}`);
    setAttribute(severity, "data-severity", String(ticket.severity));
    facts.replaceChildren(...factsOf(ticket));
    details.replaceChildren(...ticket.details.map(detailRow));
    history.replaceChildren(...ticket.history.map(historyItem));
    historySection.hidden = ticket.history.length === 0;
    noNotes.hidden = ticket.notes.length > 0;
    const isFirst = noteElements.size === 0;
    for (const note of ticket.notes) {
      if (!noteElements.has(note.id)) noteElements.set(note.id, noteItem(note, !isFirst));
    }
    arrange(
      notes,
      ticket.notes.map((note) => /** @type {HTMLElement} */ (noteElements.get(note.id))),
    );
  }
}

/** @param {Ticket} ticket */
function factsOf(ticket) {
  const facts = [
    fact("Topic", `${topicWords(ticket.topic)} (${ticket.topic})`),
    fact("Site", ticket.site),
    fact("Created", timeElement(ticket.createdAt)),
    fact("By", ticket.createdBy),
  ];
  return facts;
}

/**
 * @param {string} name
 * @param {string | Node} value
 */
function fact(name, value) {
  return element("div", null, element("dt", null, name), element("dd", null, value));
}

function detailHeads() {
  const names = ["Task", "Service number", "Asset", "Status", "Queue", "Assigned to"];
  return element("thead", null, element("tr", null, ...names.map((name) => element("th", { scope: "col" }, name))));
}

/** @param {TicketDetail} detail */
function detailRow(detail) {
  return element(
    "tr",
    null,
    element("td.mono", null, detail.id),
    element("td.mono", null, detail.serviceNumber),
    element("td", null, detail.asset),
    element("td", null, element("span.status", { "data-status": detail.status }, statusWords(detail.status))),
    element("td", null, detail.queue, detail.paused && element("span.chip", null, "paused")),
    element("td", null, detail.assignedTo ?? element("span.muted", null, "nobody")),
  );
}

/**
 * @param {TicketNote} note
 * @param {boolean} isFresh it came while the ticket was being read
 */
function noteItem(note, isFresh) {
  const numbers = note.serviceNumbers.map((number) => element("span.chip", null, number));
  const text = element("p.text", null, ...note.text.split("\n").map(noteLine));
  return element(
    isFresh ? "li.fresh" : "li",
    null,
    element(
      "div.who",
      null,
      element("b", null, note.author),
      timeElement(note.createdAt),
      element("span.spring"),
      ...numbers,
    ),
    text,
  );
}

/**
 * @param {string} line
 * @param {number} index
 */
function noteLine(line, index) {
  const text = index === 0 ? line : `\n${line}`;
  return markerLine.test(line) ? element("span.marker", null, text) : text;
}

/** @param {TicketEvent} event */
function historyItem({ at, event, by }) {
  return element("li", null, timeElement(at), element("span", null, event), element("span.muted", null, by));
}
