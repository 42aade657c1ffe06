import { askOwner, type Crossing, type Failure } from "@trunkline/cache";
import { type CachedEdge, getInventoryAttributes, requestLinksConfiguration } from "@trunkline/contracts";
import type { BruinLookups } from "./bruin-lookups.ts";
import { isMonitored, logicalIdOf, type MonitoringRules, type NamedLink } from "./inventory.ts";
import type { MonitoredEdge } from "./monitored-edges.ts";
import type { AskBridge } from "./peers.ts";

export interface CrossingParts {
  readonly ask: AskBridge;
  readonly lookups: BruinLookups;
  readonly rules: MonitoringRules;
  /** Links of the edge, as its enterprise lists them. */
  readonly linksOf: (edge: MonitoredEdge) => readonly NamedLink[];
  /** The entry of the build before. */
  readonly previousOf: (edge: MonitoredEdge) => CachedEdge | undefined;
}

/** Asks Bruin whose edge this is, whether it is to be monitored, and where it stands. */
export async function crossEdge(edge: MonitoredEdge, parts: CrossingParts): Promise<Crossing<CachedEdge>> {
  const { ask, lookups, rules } = parts;
  const owner = await askOwner(edge.serial, ask);
  if (owner.kind !== "owner") return owner;
  const { client, inventories } = owner;
  const { client_id, site_id } = client;

  const attributes = await ask(getInventoryAttributes, { client_id, service_number: edge.serial, status: "A" });
  if (!attributes.ok) return { kind: "failed", failure: attributes.failure };
  if (!isMonitored(attributes.body, client_id, rules)) return { kind: "left-out" };

  if (site_id === null) return { kind: "failed", failure: NO_SITE };
  const site = await lookups.site(client_id, site_id);
  if (!site.ok) return { kind: "failed", failure: site.failure };

  const gaps: Failure[] = [];
  const contacts = await contactsOf(edge, client_id, { ...parts, gaps });
  const entry = {
    edge: edge.identity,
    edge_name: edge.name,
    last_contact: edge.lastContact,
    logical_ids: parts.linksOf(edge).map((link) => logicalIdOf(link, attributes.body)),
    serial_number: edge.serial,
    ha_serial_number: edge.haSerial,
    bruin_client_info: client,
    site_details: site.body,
    ...contacts,
    links_configuration: await configurationOf(edge, { ...parts, gaps }),
  };
  return { kind: "entry", entry, gaps, inventories };
}

const NO_SITE: Failure = { subject: "bruin.customer.get.info", status: 404, transient: false };

type Gathering = CrossingParts & { readonly gaps: Failure[] };
type ContactFields = Pick<CachedEdge, "ticket_contact_details" | "ticket_contact_additional_subscribers">;

/** Who is told about tickets. A client without anybody is no failure. */
async function contactsOf(edge: MonitoredEdge, clientId: number, parts: Gathering): Promise<ContactFields> {
  const contacts = await parts.lookups.contacts(clientId);
  if (contacts.ok) {
    const { main, others } = contacts.body;
    return { ticket_contact_details: main, ticket_contact_additional_subscribers: others };
  }
  const none = { ticket_contact_details: null, ticket_contact_additional_subscribers: null };
  if (contacts.failure.status === 404) return none;
  parts.gaps.push(contacts.failure);
  const previous = parts.previousOf(edge);
  if (previous?.bruin_client_info.client_id !== clientId) return none;
  const { ticket_contact_details, ticket_contact_additional_subscribers } = previous;
  return { ticket_contact_details, ticket_contact_additional_subscribers };
}

/** How the edge's links are set up. One without a WAN configuration is no failure. */
async function configurationOf(edge: MonitoredEdge, parts: Gathering): Promise<CachedEdge["links_configuration"]> {
  const links = await parts.ask(requestLinksConfiguration, edge.identity);
  if (links.ok) return links.body.map(({ interfaces, mode, type }) => ({ interfaces, mode, type }));
  if (links.failure.status === 404) return [];
  parts.gaps.push(links.failure);
  return parts.previousOf(edge)?.links_configuration ?? [];
}
