import type { VectorFile } from "@trunkline/conformance";
import type { LoadWorld } from "./load-world.ts";

/** A request that the sandbox can answer. */
export interface LoadRequest {
  readonly subject: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether it changes something, and so needs a key. */
  readonly isWrite?: boolean;
}

type Maker = (world: LoadWorld) => LoadRequest;

/**
 * Makes requests of a bridge, one subject after the other. Subjects without a maker are sent as the first of their
 * vectors that succeeds has them; the sandbox does not know what most of those are about, and says so.
 */
export function requestsOf(bridge: string, file: VectorFile | undefined, world: LoadWorld): () => LoadRequest {
  const made = makers[bridge] ?? [];
  const known = new Set(made.map((make) => make(world).subject));
  const bySubject = new Map<string, Maker>();
  for (const { subject, request, reply, headers } of file?.vectors ?? []) {
    if (request === undefined || reply?.status !== 200 || known.has(subject) || bySubject.has(subject)) continue;
    const body = request.body as LoadRequest["body"];
    bySubject.set(subject, () => ({ subject, body, isWrite: headers !== undefined }));
  }
  const all = [...made, ...bySubject.values()];
  let next = 0;
  return () => {
    const make = all[next++ % all.length];
    if (make === undefined) throw new Error(`there is nothing to ask ${bridge} for`);
    return make(world);
  };
}

function oneOf<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error("the sandbox has none");
  return item;
}

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const makers: Readonly<Record<string, readonly Maker[]>> = {
  "velocloud-bridge": [
    ({ edges }) => ({ subject: "get.links.with.edge.info", body: { host: oneOf(edges).host } }),
    ({ edges }) => ({
      subject: "alert.request.event.edge",
      body: { edge: idsOf(edges), start_date: ago(60), end_date: ago(0), filter: ["LINK_DEAD", "LINK_ALIVE"] },
    }),
    ({ edges }) => ({ subject: "request.enterprises.edges", body: idsOf(edges) }),
    ({ edges }) => ({ subject: "request.links.configuration", body: idsOf(edges) }),
    ({ edges }) => {
      const { host, enterprise_id } = idsOf(edges);
      return { subject: "request.network.enterprise.edges", body: { host, enterprise_ids: [enterprise_id] } };
    },
  ],
  "bruin-bridge": [
    ({ edges }) => ({
      subject: "bruin.ticket.basic.request",
      body: { ticket_statuses: ["New", "InProgress"], ticket_topic: "VOO", client_id: oneOf(edges).clientId },
    }),
    ({ tickets }) => ({ subject: "bruin.single_ticket.basic.request", body: { ticket_id: oneOf(tickets).id } }),
    ({ tickets }) => ({ subject: "bruin.ticket.details.request", body: { ticket_id: oneOf(tickets).id } }),
    ({ edges }) => ({
      subject: "bruin.customer.get.info",
      body: { service_number: oneOf(edges).serial, status: "A" },
    }),
    ({ edges }) => {
      const { clientId, serial } = oneOf(edges);
      const body = { client_id: clientId, status: "A", service_number: serial };
      return { subject: "bruin.inventory.attributes", body };
    },
    ({ sites }) => {
      const { clientId, siteId } = oneOf(sites);
      return { subject: "bruin.get.site", body: { client_id: clientId, site_id: siteId } };
    },
    ({ edges }) => ({ subject: "bruin.get.ticket.contacts", body: { client_id: oneOf(edges).clientId } }),
    ({ tickets }) => ({
      subject: "bruin.ticket.note.append.request",
      body: { ticket_id: oneOf(tickets).id, note: "a note under load" },
      isWrite: true,
    }),
  ],
  "digi-bridge": [
    ({ modems }) => {
      const { serial, mac } = oneOf(modems);
      return { subject: "digi.reboot", body: { velo_serial: serial, ticket: "5001", MAC: mac }, isWrite: true };
    },
    () => ({ subject: "get.digi.recovery.logs", body: { size: 10 } }),
  ],
  "dri-bridge": [
    ({ edges }) => {
      const { serial } = oneOf(edges.filter(({ links }) => links.some(({ type }) => type === "WIRELESS")));
      const parameter_set = { ParameterNames: [`${DRI_INFO}.Providers`, `${DRI_INFO}.ModemImei`], Source: 0 };
      return { subject: "dri.parameters.request", body: { serial_number: serial, parameter_set } };
    },
  ],
  "hawkeye-bridge": [
    ({ probes }) => ({ subject: "hawkeye.probe.request", body: { serial_number: oneOf(probes).serial } }),
    ({ probes }) => ({
      subject: "hawkeye.test.request",
      body: { probe_uids: [oneOf(probes).uid], interval: { start: hawkeyeTime(60), end: hawkeyeTime(0) } },
    }),
  ],
  "t7-bridge": [
    ({ tickets }) => {
      const { id, serial } = oneOf(tickets);
      const body = { ticket_id: id, ticket_rows: [{ Asset: serial }], assets_to_predict: [serial] };
      return { subject: "t7.prediction.request", body };
    },
    ({ tickets }) => {
      const { id, serial } = oneOf(tickets);
      const ticket_rows = [{ Asset: serial, "Task Result": "Repair Completed" }];
      return { subject: "t7.automation.metrics", body: { ticket_id: id, ticket_rows }, isWrite: true };
    },
    ({ tickets }) => {
      const { id, serial } = oneOf(tickets);
      const body = { ticket_id: id, asset_id: serial, automated_successfully: true };
      return { subject: "t7.live.automation.metrics", body, isWrite: true };
    },
  ],
  notifier: [
    () => ({ subject: "notification.slack.request", body: { message: `load ${Math.random()}` }, isWrite: true }),
    () => ({ subject: "notification.sms.request", body: { sms_to: "15555550100", sms_data: "load" }, isWrite: true }),
    () => ({
      subject: "notification.email.request",
      body: { email_data: { subject: "load", recipient: "noc@example.net", text: "load" } },
      isWrite: true,
    }),
    () => ({
      subject: "get.email.request",
      body: { email_account: "fraud@trunkline.example", email_filter: ["alerts@example.net"], lookup_days: 1 },
    }),
  ],
};

const DRI_INFO = "InternetGatewayDevice.DeviceInfo.X_8C192D_lte_info";

function idsOf(edges: LoadWorld["edges"]) {
  const { host, enterpriseId, edgeId } = oneOf(edges);
  return { host, enterprise_id: enterpriseId, edge_id: edgeId };
}

function hawkeyeTime(minutes: number): string {
  return ago(minutes).slice(0, 19).replace("T", " ");
}
