import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { World } from "../../world/world.ts";
import { BruinError } from "./bruin-error.ts";
import { numberFrom, queryOf } from "./request.ts";

/** What a client has, found by other names than service numbers, and what may be asked for it. */
export function circuitQueries(app: Hono<{ Bindings: HttpBindings }>, { circuits, inventory }: World): void {
  app.get("/api/Inventory/circuit", (context) => {
    const query = queryOf(context);
    const [clientId] = query.get("clientid") ?? [];
    const serviceNumber = circuits.serviceNumberOf(query.get("circuitid")?.[0] ?? "");
    const asset = serviceNumber === undefined ? undefined : inventory.byServiceNumber(serviceNumber);
    if (asset === undefined || (clientId !== undefined && clientId !== String(asset.customer.id))) {
      return context.body(null, 204);
    }
    const { customer, site, inventoryId: inventoryID } = asset;
    const subAccount = `SUB-${site.id}`;
    return context.json({
      clientID: customer.id,
      subAccount,
      wtn: serviceNumber,
      inventoryID,
      addressID: 300_000 + site.id,
    });
  });
  app.get("/api/Inventory/phoneNumber/Lines", (context) => {
    const query = queryOf(context);
    const type = query.get("phonenumbertype")?.[0];
    if (type !== "DID") throw new BruinError(`The value '${type ?? ""}' is not valid for phoneNumberType.`);
    const phoneNumber = query.get("phonenumber")?.[0] ?? "";
    const site = circuits.siteOf(phoneNumber);
    if (site === undefined) {
      throw new BruinError(`No line has the number ${phoneNumber}.`, { type: "ValidationException" });
    }
    const { customer } = site;
    const inventoryId = 12_340_000 + site.id;
    return context.json({ inventoryId, clientId: customer.id, clientName: customer.name, btn: phoneNumber.slice(2) });
  });
  app.get("/api/Ticket/topics", (context) => {
    const query = queryOf(context);
    const clientId = numberFrom(query.get("clientid")?.[0], "ClientId");
    const serviceNumber = query.get("servicenumber")?.[0] ?? "";
    if (inventory.find(clientId, serviceNumber) === undefined) {
      const message = `No inventory of client ${clientId} has the service number ${serviceNumber}.`;
      throw new BruinError(message, { type: "ValidationException" });
    }
    return context.json({ callTypes });
  });
}

const repair = { callType: "REP", callTypeDescription: "Repair" };
const callTypes = [
  { ...repair, category: "VOO", categoryDescription: "Service Outage Trouble" },
  { ...repair, category: "VAS", categoryDescription: "Service Affecting Trouble" },
];
