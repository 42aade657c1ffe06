/**
 * What the traffic tables show of a row.
 * @import { Call, Traffic } from "../api-types.ts"
 */
import { element } from "./dom.js";
import { size } from "./size.js";
import { timeElement } from "./time.js";

/**
 * @template T
 * @typedef {object} Columns
 * @property {{ name: string, className?: string, cell: (item: T) => import("./dom.js").Child }[]} columns
 * @property {(item: T) => string} searchable in lower case
 * @property {(item: T) => string} whole everything there is to read, for the pane below
 * @property {(item: T) => string | null} mark how the row is marked, for the style sheet
 */

/** @type {Columns<Traffic>} */
export const trafficColumns = {
  columns: [
    { name: "Time", className: "time", cell: ({ at }) => timeElement(at) },
    {
      name: "Kind",
      className: "kind",
      cell: ({ direction }) => element("span.direction", { "data-direction": direction }, direction),
    },
    { name: "Subject", className: "main", cell: ({ subject }) => subject },
    { name: "Size", className: "number", cell: ({ bytes }) => size(bytes) },
    { name: "Request id", className: "id", cell: ({ requestId }) => requestId ?? "" },
    { name: "Preview", className: "preview", cell: ({ preview }) => preview },
  ],
  searchable: ({ subject, direction, requestId, preview }) =>
    `${subject}\n${direction}\n${requestId ?? ""}\n${preview}`.toLowerCase(),
  whole: ({ subject, preview }) => `${subject}\n\n${readable(preview)}`,
  mark: () => null,
};

/** @type {Columns<Call>} */
export const callColumns = {
  columns: [
    { name: "Time", className: "time", cell: ({ at }) => timeElement(at) },
    { name: "System", className: "kind", cell: ({ system }) => system },
    { name: "Method", className: "method", cell: ({ method }) => method },
    { name: "Path", className: "main", cell: ({ path }) => path },
    { name: "Status", className: "number", cell: ({ status }) => (status === 0 ? "none" : status) },
    { name: "Took", className: "number", cell: ({ ms }) => `${Math.round(ms)} ms` },
  ],
  searchable: ({ system, host, method, path, status }) =>
    `${system}\n${host}\n${method}\n${path}\n${status}`.toLowerCase(),
  whole: ({ method, host, path, status, ms }) =>
    `${method} ${host === "" ? "" : `https://${host}`}${path}\n\n${status === 0 ? "No answer" : status} after ${ms} ms`,
  mark: ({ status }) => (status === 0 || status >= 400 ? "bad" : null),
};

/** @param {string} text JSON is laid out; a preview that was cut off is no JSON and stays as it is */
function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
