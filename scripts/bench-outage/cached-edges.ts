import type { CachedEdge } from "@trunkline/contracts";
import type { World } from "@trunkline/sandbox";

type Edge = World["network"]["fleet"]["edges"][number];
type Contact = Edge["customer"]["contacts"][number];

/** Of sites, which differ by zone; what it is exactly makes no difference to a pass. */
const OFFSET_HOURS = -5;

/** What a refresh of the customer cache finds in a world: the edges that Bruin has under monitoring, and their standbys. */
export function cachedEdges({ network, clock }: World, host: string): CachedEdge[] {
  const heardOf = clock.now().toISOString();
  const edges = network.fleet.edges.filter((edge) => edge.customer.host === host && isMonitored(edge));
  const entries = edges.map((edge) => cachedEdge(edge, heardOf));
  return [...entries, ...entries.flatMap(standbyOf)];
}

/** Whether an edge is in service and Bruin wants it watched. */
export function isMonitored({ state, managementStatus }: Edge): boolean {
  return state !== "NEVER_ACTIVATED" && managementStatus !== "Inactive";
}

function cachedEdge(edge: Edge, heardOf: string): CachedEdge {
  const { customer, links } = edge;
  const [main = null, ...others] = customer.contacts.map(contactOf);
  return {
    edge: {
      host: customer.host,
      enterprise_id: customer.enterpriseId,
      enterprise_name: `${customer.name}|${customer.id}|`,
      edge_id: edge.id,
    },
    edge_name: edge.name,
    last_contact: heardOf,
    logical_ids: links.map((link) => ({
      interface_name: link.interface,
      logical_id: link.logicalId,
      access_type: link.accessType,
      service_number: link.serviceNumber,
    })),
    serial_number: edge.serial,
    ha_serial_number: edge.haSerial,
    bruin_client_info: { client_id: customer.id, client_name: customer.name, site_id: edge.site.id },
    site_details: siteOf(edge),
    ticket_contact_details: main,
    ticket_contact_additional_subscribers: others,
    links_configuration: links.map(({ interface: name, mode, type }) => ({ interfaces: [name], mode, type })),
  };
}

function contactOf({ firstName, lastName, email, phone }: Contact) {
  return { firstName, lastName, email, phone };
}

function siteOf({ site, customer }: Edge): CachedEdge["site_details"] {
  const { street, city, state, zip } = site.address;
  return {
    clientID: customer.id,
    clientName: customer.name,
    siteID: site.id,
    siteLabel: site.label,
    address: { address: street, city, state, zip, country: "USA" },
    timeZone: site.timeZone,
    primaryContactName: `${site.contact.firstName} ${site.contact.lastName}`,
    primaryContactPhone: site.contact.phone,
    primaryContactEmail: site.contact.email,
    tzOffset: OFFSET_HOURS,
  };
}

function standbyOf(entry: CachedEdge): CachedEdge[] {
  const { serial_number, ha_serial_number } = entry;
  if (ha_serial_number === null) return [];
  return [{ ...entry, serial_number: ha_serial_number, ha_serial_number: serial_number }];
}
