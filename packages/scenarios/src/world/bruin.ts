import { type HandlerReply, ok, refuse } from "@trunkline/bus";
import type { Detail, Given, Ticket } from "../format/given.ts";
import type { Answers } from "./answers.ts";
import { present, type State } from "./state.ts";

/** Bruin's tickets. What is written to them is there when they are read again. */
export function bruinAnswers(state: State, now: () => Date): Answers {
  const ticketOf = (id: unknown) => present(state.current().tickets).find(([number]) => number === String(id))?.[1];
  const change = (id: unknown, changes: object): HandlerReply => {
    if (ticketOf(id) !== undefined) state.change({ tickets: { [String(id)]: changes } });
    return ok("Success");
  };
  const changeDetail = (body: Body, changes: Detail): HandlerReply => {
    const details = present(ticketOf(body.ticket_id)?.details);
    const found = details.find(([id, { value }]) =>
      body.detail_id == null ? value === body.service_number : id === String(body.detail_id),
    );
    return found === undefined ? ok("Success") : change(body.ticket_id, { details: { [found[0]]: changes } });
  };
  return {
    "bruin.ticket.basic.request": (body) => ok(openTickets(state, body)),
    "bruin.single_ticket.basic.request": ({ ticket_id: id }) => {
      const ticket = ticketOf(id);
      return ticket === undefined ? refuse(404, {}) : ok(ticketRow(state, String(id), ticket));
    },
    "bruin.ticket.details.request": ({ ticket_id: id }) => {
      const ticket = ticketOf(id);
      return ticket === undefined ? refuse(404, "no such ticket") : ok(ticketDetails(state, ticket));
    },
    "bruin.ticket.creation.outage.request": (body) => {
      const answer = creationAnswer(state.current().creation, body);
      for (const { ticketId } of answer.items) {
        if (ticketOf(ticketId)?.open === false) change(ticketId, { open: true, created: now().toISOString() });
      }
      return ok(answer);
    },
    "bruin.ticket.note.append.request": ({ ticket_id: id, note, service_numbers: on }) => {
      const notes = ticketOf(id)?.notes ?? [];
      const numbers = Array.isArray(on) && on.length > 0 ? on : null;
      return change(id, { notes: [...notes, { at: now().toISOString(), on: numbers, text: String(note) }] });
    },
    "bruin.ticket.status.open": (body) => changeDetail(body, { status: "I" }),
    "bruin.ticket.status.resolve": (body) => changeDetail(body, { status: "R" }),
    "bruin.ticket.change.work": (body) => changeDetail(body, { task: String(body.queue_name) }),
    "bruin.change.ticket.severity": ({ ticket_id: id, severity }) => change(id, { severity: Number(severity) }),
    "bruin.ticket.close": ({ ticket_id: id }) => change(id, { open: false }),
  };
}

type Body = Record<string, unknown>;

function openTickets(state: State, body: Body): object[] {
  const statuses = body.ticket_statuses as readonly string[];
  return present(state.current().tickets)
    .filter(([, { open, status, topic }]) => {
      return (
        open !== false && statuses.includes(status ?? "InProgress") && (topic ?? "VOO") === (body.ticket_topic ?? "VOO")
      );
    })
    .filter(([, { client }]) => body.client_id == null || String(client) === String(body.client_id))
    .filter(([, { details }]) => {
      const number = body.service_number;
      return number == null || present(details).some(([, { value }]) => value === number);
    })
    .map(([id, ticket]) => ticketRow(state, id, ticket));
}

function ticketRow(state: State, id: string, ticket: Ticket): object {
  return {
    ticketID: Number(id),
    clientID: ticket.client ?? null,
    ticketStatus: ticket.status ?? "InProgress",
    category: ticket.topic ?? "VOO",
    createDate: ticketDate(state.dateOf(ticket.created ?? "0s ago")),
    createdBy: ticket.createdBy ?? null,
    severity: ticket.severity ?? null,
  };
}

function ticketDetails(state: State, ticket: Ticket): object {
  return {
    ticketDetails: present(ticket.details).map(([id, { value, status, task, assignedTo }]) => ({
      detailID: Number(id),
      detailValue: value ?? null,
      detailStatus: status === undefined ? "I" : status,
      currentTaskName: task ?? null,
      assignedToName: assignedTo ?? null,
    })),
    ticketNotes: (ticket.notes ?? []).map(({ text, at, on }, index) => ({
      noteId: index + 1,
      noteValue: text,
      serviceNumber: on ?? null,
      // An offset that the scenario chose is part of what it tests.
      createdDate: /ago|later/.test(at) ? state.dateOf(at).toISOString().replace("Z", "+00:00") : at,
    })),
  };
}

/** Without a word about it, Bruin opens a ticket for what it was asked for and nothing else. */
function creationAnswer(creation: Given["creation"], body: Body) {
  const numbers = [body.service_number].flat().map((number) => ({ [String(number)]: null }));
  const items = (creation?.items ?? numbers).flatMap((item) =>
    Object.entries(item).map(([wtn, answer]) => {
      const { code, ticket, error } = typeof answer === "object" && answer !== null ? answer : { code: answer };
      const ticketId = ticket ?? creation?.ticket ?? 1;
      return { ticketId, inventoryId: 1, wtn, errorMessage: error ?? null, errorCode: code ?? null };
    }),
  );
  return { message: creation?.message ?? null, items };
}

/** `9/25/2020 6:31:54 AM`, without a zone. */
function ticketDate(date: Date): string {
  const hour = date.getUTCHours();
  const clock = [hour % 12 || 12, two(date.getUTCMinutes()), two(date.getUTCSeconds())].join(":");
  const day = [date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCFullYear()].join("/");
  return `${day} ${clock} ${hour < 12 ? "AM" : "PM"}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
