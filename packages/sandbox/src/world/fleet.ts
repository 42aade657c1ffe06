import { type Random, seededRandom } from "../random.ts";
import { edgePrefixOf, makeCustomers } from "./customers.ts";
import { planLinks } from "./link-plans.ts";
import type { Customer, Edge, Fleet, Link, Site } from "./model.ts";
import { places, streets } from "./places.ts";

export interface FleetOptions {
  /** Edges in use; each customer has one more that was never activated. @default 66 @minimum 1 @maximum 50000 */
  readonly edges?: number;
  /** @default 3 @minimum 1 */
  readonly customers?: number;
  /** VeloCloud hosts. @default vco1.example.net and vco2.example.net */
  readonly hosts?: readonly string[];
  /** Lines of every edge. @default two as a rule, here and there one or three */
  readonly linksPerEdge?: 1 | 2 | 3;
}

const defaultHosts: readonly string[] = ["vco1.example.net", "vco2.example.net"];

const DAY = 86_400_000;

interface Numbers {
  edge: number;
  site: number;
  link: number;
  serial: number;
}

interface Workshop {
  readonly random: Random;
  readonly now: Date;
  readonly linksPerEdge: FleetOptions["linksPerEdge"];
  readonly numbers: Numbers;
  readonly sites: Site[];
  readonly edges: Edge[];
}

/** Makes a fleet that is the same for the same seed, options and moment. */
export function makeFleet(seed: number, now: Date, options: FleetOptions = {}): Fleet {
  const { edges = 66, customers: customerCount = 3, hosts = defaultHosts, linksPerEdge } = options;
  const customers = makeCustomers(customerCount, hosts);
  const numbers = { edge: 700, site: 16_000, link: 9_000, serial: 5_200_000 };
  const workshop: Workshop = { random: seededRandom(seed), now, linksPerEdge, numbers, sites: [], edges: [] };
  customers.forEach((customer, index) => {
    const share = Math.floor(edges / customerCount) + (index < edges % customerCount ? 1 : 0);
    equip(workshop, customer, { prefix: edgePrefixOf(index), count: share });
  });
  return { customers, sites: workshop.sites, edges: workshop.edges };
}

/** Gives a customer its sites and edges; every tenth edge shares the site of the one before it. */
function equip(workshop: Workshop, customer: Customer, { prefix, count }: { prefix: string; count: number }): void {
  let site = addSite(workshop, customer, 1);
  for (let index = 0; index < count; index++) {
    if (index > 0 && index % 10 !== 9) site = addSite(workshop, customer, index + 1);
    const laboratory = index === count - 1 && count > 3;
    const name = laboratory ? `${prefix}-LAB` : `${prefix}-${String(index + 1).padStart(4, "0")}`;
    addEdge(workshop, { site, name, index, laboratory });
  }
  addNeverActivated(workshop, site, `${prefix}-SPARE`);
}

function addSite({ random, numbers, sites }: Workshop, customer: Customer, number: number): Site {
  const place = random.pick(places);
  const { latitude, longitude, timeZone, ...town } = place;
  const site: Site = {
    id: ++numbers.site,
    customer,
    label: number === 1 ? "Headquarters" : `Store ${number}, ${place.city}`,
    address: { street: `${random.integer(1, 999)} ${random.pick(streets)}`, ...town },
    latitude,
    longitude,
    timeZone,
    contact: customer.contacts[number % customer.contacts.length] ?? nobody,
  };
  sites.push(site);
  return site;
}

const nobody = { firstName: "Help", lastName: "Desk", email: "help-desk@customer.example", phone: null };

interface EdgePlan {
  readonly site: Site;
  readonly name: string;
  readonly index: number;
  /** Bruin does not have it under monitoring. */
  readonly laboratory: boolean;
}

function addEdge(workshop: Workshop, { site, name, index, laboratory }: EdgePlan): void {
  const { random, now, linksPerEdge, numbers, edges } = workshop;
  const id = ++numbers.edge;
  const upSince = new Date(now.getTime() - random.integer(8 * DAY, 90 * DAY));
  const hasStandby = index % 7 === 3;
  const model = random.pick(["520", "610", "680"]);
  const links = planLinks(index, random, linksPerEdge).map((plan): Link => {
    const number = ++numbers.link;
    const { macPrefix, ...line } = plan;
    const tail = random.hex(6).match(/../g) ?? [];
    return {
      ...line,
      id: number,
      serviceNumber: `LN.${100_000 + number}`,
      logicalId: `${macPrefix}:${tail.join(":")}:0000`,
      internalId: `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`,
      ipAddress: `203.0.113.${(number % 254) + 1}`,
      failed: false,
      state: "STABLE",
      since: upSince,
      trouble: null,
    };
  });
  edges.push({
    id,
    customer: site.customer,
    site,
    name,
    model: `edge${model}`,
    activatedAt: new Date(upSince.getTime() - 200 * DAY),
    managementStatus: laboratory ? "Inactive" : random.pick(monitoredStatuses),
    links,
    serial: serialOf(model, ++numbers.serial),
    haSerial: hasStandby ? serialOf(model, ++numbers.serial) : null,
    haState: hasStandby ? "READY" : null,
    state: "CONNECTED",
    since: upSince,
    upSince,
  });
}

/** With the en dash that Bruin writes. */
const monitoredStatuses = ["Active – Gold Monitoring", "Active – Platinum Monitoring"] as const;

function addNeverActivated({ now, numbers, edges }: Workshop, site: Site, name: string): void {
  edges.push({
    id: ++numbers.edge,
    customer: site.customer,
    site,
    name,
    model: "edge520",
    activatedAt: null,
    managementStatus: "Pending",
    links: [],
    serial: serialOf("520", ++numbers.serial),
    haSerial: null,
    haState: null,
    state: "NEVER_ACTIVATED",
    since: now,
    upSince: now,
  });
}

function serialOf(model: string, number: number): string {
  return `VC0${model}${String(number).padStart(8, "0")}`;
}
