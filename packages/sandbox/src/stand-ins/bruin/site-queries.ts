import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { Contact, Customer, Site } from "../../world/model.ts";
import type { World } from "../../world/world.ts";
import { numberFrom, queryOf } from "./request.ts";
import { addressShape } from "./ticket-shapes.ts";

/** Where a client is, and whom to tell. */
export function siteQueries(app: Hono<{ Bindings: HttpBindings }>, { inventory }: World): void {
  app.get("/api/Site", (context) => {
    const query = queryOf(context);
    const clientId = numberFrom(query.get("clientid")?.[0], "ClientId");
    const siteId = query.get("siteid")?.[0];
    const sites = inventory.sitesOf(clientId).filter(({ id }) => siteId === undefined || String(id) === siteId);
    return context.json({ documents: sites.map(siteShape) });
  });
  app.get("/api/Ticket/Contacts", (context) => {
    const clientId = numberFrom(queryOf(context).get("clientid")?.[0], "ClientId");
    const customer = inventory.customer(clientId);
    const contacts = customer?.contacts ?? [];
    return context.json({ results: contacts.map((contact, index) => contactShape(clientId, contact, index)) });
  });
}

function siteShape(site: Site) {
  const { contact, customer } = site;
  return {
    clientID: customer.id,
    clientName: customer.name,
    siteID: String(site.id),
    siteLabel: site.label,
    siteAddDate: "2019-03-04T15:00:00.000Z",
    address: { addressID: 300_000 + site.id, ...addressShape(site.address) },
    longitude: site.longitude,
    latitude: site.latitude,
    businessHours: null,
    timeZone: site.timeZone,
    primaryContactName: `${contact.firstName} ${contact.lastName}`,
    primaryContactPhone: contact.phone,
    primaryContactEmail: contact.email,
  };
}

function contactShape(clientId: Customer["id"], contact: Contact, index: number) {
  const dirID = clientId * 10 + index;
  return {
    userID: `user-${dirID}`,
    dirID,
    clientID: clientId,
    username: contact.email.toUpperCase(),
    ...contact,
  };
}
