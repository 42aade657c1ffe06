import type { Customer, Edge, Fleet, Link, Site } from "./model.ts";
import type { Probe } from "./probes.ts";

/** Something Bruin bills and supports under a service number: an edge's unit, a line, or a probe. */
export interface Asset {
  readonly inventoryId: number;
  readonly customer: Customer;
  readonly site: Site;
  readonly edge: Edge;
  /** Null for an edge's unit and for a probe. */
  readonly link: Link | null;
  readonly probe: Probe | null;
  readonly serviceNumber: string;
}

export interface Inventory {
  /** The asset of a client by its service number. */
  find(clientId: number, serviceNumber: string): Asset | undefined;
  byServiceNumber(serviceNumber: string): Asset | undefined;
  customer(clientId: number): Customer | undefined;
  site(siteId: number): Site | undefined;
  sitesOf(clientId: number): readonly Site[];
  /** Every edge unit of a client; lines are found by their numbers only. */
  edgesOf(clientId: number): Asset[];
}

export function createInventory(fleet: Fleet, probes: readonly Probe[]): Inventory {
  const assets = new Map<string, Asset>();
  const edgeAssets = new Map<number, Asset[]>();
  let inventoryId = 13_550_000;
  for (const edge of fleet.edges) {
    const { customer, site } = edge;
    const add = (serviceNumber: string, link: Link | null) => {
      const asset = { inventoryId: ++inventoryId, customer, site, edge, link, probe: null, serviceNumber };
      assets.set(serviceNumber, asset);
      if (link === null) append(edgeAssets, customer.id, asset);
    };
    add(edge.serial, null);
    if (edge.haSerial !== null) add(edge.haSerial, null);
    for (const link of edge.links) add(link.serviceNumber, link);
  }
  for (const probe of probes) {
    const { site, serial: serviceNumber } = probe;
    const [edge] = probe.edges;
    const asset = { inventoryId: ++inventoryId, customer: site.customer, site, edge, link: null, probe, serviceNumber };
    assets.set(serviceNumber, asset);
  }
  const customers = new Map(fleet.customers.map((customer) => [customer.id, customer]));
  const sites = new Map(fleet.sites.map((site) => [site.id, site]));
  const sitesByClient = new Map<number, Site[]>();
  for (const site of fleet.sites) append(sitesByClient, site.customer.id, site);
  return {
    find(clientId, serviceNumber) {
      const asset = assets.get(serviceNumber);
      return asset?.customer.id === clientId ? asset : undefined;
    },
    byServiceNumber: (serviceNumber) => assets.get(serviceNumber),
    customer: (clientId) => customers.get(clientId),
    site: (siteId) => sites.get(siteId),
    sitesOf: (clientId) => sitesByClient.get(clientId) ?? [],
    edgesOf: (clientId) => edgeAssets.get(clientId) ?? [],
  };
}

/** What Bruin sells an asset as. */
export function productCategoryOf({ probe }: Asset): "SD-WAN" | "Network Scout" {
  return probe === null ? "SD-WAN" : "Network Scout";
}

/** What Bruin knows of an asset beside its place: an edge's management status and which lines end at it. */
export function attributesOf({ edge, link, probe, serviceNumber }: Asset): { key: string; value: string }[] {
  const own = { key: "Serial Number", value: link === null ? serviceNumber : edge.serial };
  if (link !== null) return [own, { key: "Access Type", value: link.accessType }];
  const status = { key: "Management Status", value: edge.managementStatus };
  if (probe !== null) return [own, status];
  return [
    own,
    status,
    ...edge.links.flatMap((line) => [
      { key: `${line.interface} Access Type`, value: line.accessType },
      { key: `${line.interface} Service Number`, value: line.serviceNumber },
    ]),
  ];
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
