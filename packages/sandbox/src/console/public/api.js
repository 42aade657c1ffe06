/**
 * The sandbox's control API.
 * @import { About, Call, Edge, Fault, Mail, Message, NewFault, Service, Ticket, TicketSummary, Traffic, World } from "../api-types.ts"
 */

/** A request that the sandbox refused, or that did not reach it; the message is for people. */
class ApiError extends Error {
  /** @override */
  name = "ApiError";
}

export const api = {
  /** @returns {Promise<About>} */
  about: () => call("GET", "about"),
  /** @returns {Promise<World>} */
  world: () => call("GET", "world"),
  /** @returns {Promise<TicketSummary[]>} */
  tickets: () => call("GET", "tickets"),
  /** @param {number} id @returns {Promise<Ticket>} */
  ticket: (id) => call("GET", `tickets/${id}`),
  /** @returns {Promise<Message[]>} */
  messages: () => call("GET", "messages"),
  /** @returns {Promise<string[]>} addresses of the mailboxes that the engine reads */
  mailboxes: () => call("GET", "mailboxes"),
  /** @returns {Promise<Mail[]>} what lies in them */
  mails: () => call("GET", "mails"),
  /** @param {{ account: string, from: string, subject: string, text: string }} mail @returns {Promise<Mail>} */
  deliver: (mail) => call("POST", "mails", mail),
  /** @returns {Promise<Call[]>} */
  calls: () => call("GET", "calls"),
  /** @returns {Promise<Traffic[]>} only where the sandbox knows of NATS */
  traffic: () => call("GET", "nats"),
  /** @returns {Promise<Service[]>} only where the sandbox knows of NATS */
  services: () => call("GET", "services"),
  /** @returns {Promise<Fault[]>} */
  faults: () => call("GET", "faults"),
  /** @param {NewFault} fault @returns {Promise<Fault>} */
  addFault: (fault) => call("POST", "faults", fault),
  /** @param {string} [id] all when left out @returns {Promise<unknown>} */
  removeFault: (id) => call("DELETE", id === undefined ? "faults" : `faults/${encodeURIComponent(id)}`),
  /** @param {string} serial @param {"fail" | "heal"} verb @returns {Promise<Edge>} */
  setEdge: (serial, verb) => call("POST", `edges/${encodeURIComponent(serial)}/${verb}`),
  /** @param {string} serial @param {string} name @param {"fail" | "heal"} verb @returns {Promise<Edge>} */
  setLink: (serial, name, verb) =>
    call("POST", `edges/${encodeURIComponent(serial)}/links/${encodeURIComponent(name)}/${verb}`),
  /** @returns {Promise<unknown>} */
  healEverything: () => call("POST", "heal"),
  /** @param {{ channel: string, to?: string, subject?: string, text: string }} message @returns {Promise<unknown>} */
  notify: (message) => call("POST", "notify", message),
};

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>} what api-types.ts says of the path
 */
async function call(method, path, body) {
  const response = await send(method, path, body);
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(answer?.error ?? `The sandbox answered ${response.status}.`);
  return answer;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} body
 */
async function send(method, path, body) {
  const withBody =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  try {
    return await fetch(`/api/${path}`, { method, ...withBody });
  } catch (error) {
    throw new ApiError("The sandbox cannot be reached.", { cause: error });
  }
}
