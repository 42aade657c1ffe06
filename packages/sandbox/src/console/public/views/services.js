/**
 * The services NATS discovery finds (`$SRV`), with what their endpoints counted. Asked again every few seconds.
 * @import { Service } from "../../api-types.ts"
 * @import { View } from "../main.js"
 * @import { Store } from "../store.js"
 */
import { api } from "../api.js";
import { element, setText } from "../dom.js";
import { clockTime, now } from "../time.js";

const refreshEvery = 3_000;
const nanosecondsPerMillisecond = 1e6;
const whole = new Intl.NumberFormat();
const precise = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1, minimumFractionDigits: 1 });

/**
 * @param {Store} store
 * @returns {View}
 */
export function servicesView(store) {
  const body = element("div.services-body");
  const asked = element("span.muted");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  return {
    element: element(
      "section.view.services",
      null,
      element("div.view-head", null, element("h1", null, "Services"), asked),
      body,
    ),
    show() {
      clearTimeout(timer);
      void refresh();
    },
    update({ topics }) {
      if (topics.has("about")) void refresh();
    },
    hide: () => clearTimeout(timer),
  };

  async function refresh() {
    if (!store.about.nats) return draw([]);
    try {
      draw(await api.services());
      setText(asked, `as of ${clockTime(now())}`);
    } catch (error) {
      setText(asked, error instanceof Error ? error.message : "");
    }
    clearTimeout(timer);
    timer = setTimeout(() => body.isConnected && refresh(), refreshEvery);
  }

  /** @param {Service[]} services */
  function draw(services) {
    if (services.length === 0) return body.replaceChildren(element("p.empty", null, "No service answers on NATS."));
    const byName = [...Map.groupBy(services, ({ name }) => name)].sort(([a], [b]) => a.localeCompare(b));
    const rows = byName.flatMap(([name, instances]) => serviceRows(name, instances));
    body.replaceChildren(element("div.scroll", null, element("table.services-table", null, tableHead(), ...rows)));
  }
}

function tableHead() {
  const [first, ...numbers] = ["Subject", "Requests", "Errors", "Average"];
  const heads = numbers.map((name) => element("th.number", { scope: "col" }, name));
  return element(
    "thead",
    null,
    element(
      "tr",
      null,
      element("th", { scope: "col" }, first),
      element("th", { scope: "col" }, "Queue group"),
      ...heads,
    ),
  );
}

/**
 * @param {string} name
 * @param {Service[]} instances
 */
function serviceRows(name, instances) {
  const versions = [...new Set(instances.map(({ version }) => version))].join(", ");
  const about = `${instances.length} ${instances.length === 1 ? "instance" : "instances"} · ${versions}`;
  const head = element(
    "tr.service",
    null,
    element("th", { scope: "rowgroup", colspan: 5 }, name, element("span.muted", null, about)),
  );
  const bySubject = Map.groupBy(
    instances.flatMap(({ endpoints }) => endpoints),
    ({ subject }) => subject,
  );
  return [
    element("tbody", null, head, ...[...bySubject].map(([subject, endpoints]) => endpointRow(subject, endpoints))),
  ];
}

/**
 * @param {string} subject
 * @param {Service["endpoints"]} endpoints the same endpoint of each instance
 */
function endpointRow(subject, endpoints) {
  const requests = sum(endpoints.map(({ num_requests }) => num_requests));
  const errors = sum(endpoints.map(({ num_errors }) => num_errors));
  const spent = sum(
    endpoints.map(({ num_requests, average_processing_time }) => num_requests * average_processing_time),
  );
  const average = requests === 0 ? "–" : `${precise.format(spent / requests / nanosecondsPerMillisecond)} ms`;
  return element(
    "tr",
    null,
    element("td.mono", null, subject),
    element("td.mono.muted", null, endpoints[0]?.queue_group ?? ""),
    element("td.number", null, whole.format(requests)),
    element(errors > 0 ? "td.number.bad" : "td.number", null, whole.format(errors)),
    element("td.number", null, average),
  );
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
