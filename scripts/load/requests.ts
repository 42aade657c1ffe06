import type { VectorFile } from "@trunkline/conformance";
import type { World } from "@trunkline/sandbox";

/** A request that the sandbox can answer. */
export interface LoadRequest {
  readonly subject: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether it changes something, and so needs a key. */
  readonly isWrite?: boolean;
}

type Maker = (world: World) => LoadRequest;

/** Makes requests of a bridge, one subject after the other; those without a maker are sent as its vectors have them. */
export function requestsOf(bridge: string, file: VectorFile | undefined, world: World): () => LoadRequest {
  const made = makers[bridge] ?? [];
  const known = new Set(made.map((make) => make(world).subject));
  const fromVectors = (file?.vectors ?? [])
    .filter(({ subject, request, reply }) => request !== undefined && reply?.status === 200 && !known.has(subject))
    .map(({ subject, request, headers }): Maker => {
      const body = request?.body as LoadRequest["body"];
      return () => ({ subject, body, isWrite: headers !== undefined });
    });
  const all = [...made, ...fromVectors];
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

const someEdge = ({ network }: World) => oneOf(network.fleet.edges.filter(({ activatedAt }) => activatedAt !== null));
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

const makers: Readonly<Record<string, readonly Maker[]>> = {
  "velocloud-bridge": [
    (world) => ({ subject: "get.links.with.edge.info", body: { host: someEdge(world).customer.host } }),
    (world) => ({
      subject: "alert.request.event.edge",
      body: { edge: idsOf(world), start_date: ago(60), end_date: ago(0), filter: ["LINK_DEAD", "LINK_ALIVE"] },
    }),
    (world) => ({ subject: "request.enterprises.edges", body: idsOf(world) }),
    (world) => ({ subject: "request.links.configuration", body: idsOf(world) }),
    (world) => {
      const { host, enterprise_id } = idsOf(world);
      return { subject: "request.network.enterprise.edges", body: { host, enterprise_ids: [enterprise_id] } };
    },
  ],
  "bruin-bridge": [
    (world) => ({
      subject: "bruin.ticket.basic.request",
      body: { ticket_statuses: ["New", "InProgress"], ticket_topic: "VOO", client_id: someEdge(world).customer.id },
    }),
    (world) => ({ subject: "bruin.single_ticket.basic.request", body: { ticket_id: someTicket(world).id } }),
    (world) => ({ subject: "bruin.ticket.details.request", body: { ticket_id: someTicket(world).id } }),
    (world) => ({ subject: "bruin.customer.get.info", body: { service_number: someEdge(world).serial, status: "A" } }),
    (world) => ({
      subject: "bruin.inventory.attributes",
      body: { client_id: assetOf(world).customer.id, status: "A", service_number: assetOf(world).serviceNumber },
    }),
    (world) => {
      const { customer, site } = someEdge(world);
      return { subject: "bruin.get.site", body: { client_id: customer.id, site_id: site.id } };
    },
    (world) => ({ subject: "bruin.get.ticket.contacts", body: { client_id: someEdge(world).customer.id } }),
    (world) => ({
      subject: "bruin.ticket.note.append.request",
      body: { ticket_id: someTicket(world).id, note: "a note under load" },
      isWrite: true,
    }),
  ],
  "digi-bridge": [
    ({ network }) => {
      const modems = network.fleet.edges.flatMap(({ serial, links }) =>
        links.filter(({ logicalId }) => DIGI.test(logicalId)).map(({ logicalId }) => ({ serial, logicalId })),
      );
      const { serial, logicalId } = oneOf(modems);
      const body = { velo_serial: serial, ticket: "5001", MAC: logicalId };
      return { subject: "digi.reboot", body, isWrite: true };
    },
    () => ({ subject: "get.digi.recovery.logs", body: { size: 10 } }),
  ],
  "hawkeye-bridge": [
    ({ probes }) => ({ subject: "hawkeye.probe.request", body: { serial_number: oneOf(probes.all).serial } }),
    ({ probes }) => ({
      subject: "hawkeye.test.request",
      body: { probe_uids: [oneOf(probes.all).uid], interval: { start: hawkeyeTime(60), end: hawkeyeTime(0) } },
    }),
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

function idsOf(world: World) {
  const edge = someEdge(world);
  return { host: edge.customer.host, enterprise_id: edge.customer.enterpriseId, edge_id: edge.id };
}

function assetOf({ inventory, network }: World) {
  return oneOf(inventory.edgesOf(oneOf(network.fleet.customers).id));
}

/** Tickets that the load is about; some are opened when there are none yet. */
function someTicket(world: World) {
  const open = world.desk.tickets().filter(({ description }) => description === LOAD);
  if (open.length >= 10) return oneOf(open);
  return world.desk.open({ topic: "VOO", assets: [assetOf(world)], description: LOAD });
}

/** Addresses of the makers of DiGi's modems. */
const DIGI = /^00:(27:04|04:2d)/i;

const LOAD = "opened by the load run";

function hawkeyeTime(minutes: number): string {
  return ago(minutes).slice(0, 19).replace("T", " ");
}
