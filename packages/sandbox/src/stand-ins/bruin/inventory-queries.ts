import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { type Asset, attributesOf, productCategoryOf } from "../../world/inventory.ts";
import type { World } from "../../world/world.ts";
import { BruinError } from "./bruin-error.ts";
import { ticketDate } from "./dates.ts";
import { numberFrom, queryOf } from "./request.ts";
import { addressShape } from "./ticket-shapes.ts";

/** What a client has: assets under service numbers, and what is known of each. All of this world's are active. */
export function inventoryQueries(app: Hono<{ Bindings: HttpBindings }>, { inventory }: World): void {
  app.get("/api/Inventory", (context) => {
    const query = queryOf(context);
    const serviceNumbers = query.get("servicenumber") ?? [];
    const clientId = query.get("clientid")?.[0];
    const status = query.get("status")?.[0] ?? "A";
    if (serviceNumbers.length === 0) throw new BruinError("The ServiceNumber field is required.");
    const found = serviceNumbers
      .map((serviceNumber) => inventory.byServiceNumber(serviceNumber))
      .filter((asset) => asset !== undefined && (clientId === undefined || String(asset.customer.id) === clientId))
      .filter((asset) => asset !== undefined && status === "A");
    return context.json({ documents: found.flatMap((asset) => (asset === undefined ? [] : [document(asset)])) });
  });
  app.get("/api/Inventory/Attribute", (context) => {
    const query = queryOf(context);
    const clientId = numberFrom(query.get("clientid")?.[0], "ClientId");
    const serviceNumber = query.get("servicenumber")?.[0] ?? "";
    const asset = inventory.find(clientId, serviceNumber);
    if (asset === undefined || (query.get("status")?.[0] ?? "A") !== "A") {
      const message = `No inventory of client ${clientId} has the service number ${serviceNumber}.`;
      throw new BruinError(message, { type: "ValidationException" });
    }
    const inventoryId = String(asset.inventoryId);
    return context.json({ inventoryId, serviceNumber, attributes: attributesOf(asset) });
  });
}

function document(asset: Asset) {
  const { customer, site, edge, link, probe } = asset;
  return {
    clientID: customer.id,
    clientName: customer.name,
    vendor: link?.isp ?? "VeloCloud",
    accountNumber: `ACC-${customer.id}`,
    subAccountNumber: null,
    inventoryID: asset.inventoryId,
    serviceNumber: asset.serviceNumber,
    siteId: site.id,
    siteLabel: site.label,
    address: addressShape(site.address),
    hierarchy: null,
    costCenter: null,
    assignee: null,
    description: probe?.name ?? (link === null ? edge.name : `${link.label} at ${edge.name}`),
    installDate: edge.activatedAt === null ? null : ticketDate(edge.activatedAt),
    disconnectDate: null,
    status: "A",
    verified: "Y",
    productCategory: productCategoryOf(asset),
    productType: probe !== null ? "Probe" : link === null ? "Edge" : "Access",
    items: [
      { itemName: link?.accessType ?? (probe === null ? edge.model : "Network Scout"), primaryIndicator: "primary" },
    ],
    contractIdentifier: null,
    rateCardIdentifier: null,
    lastInvoiceUsageDate: null,
    lastUsageDate: null,
    longitude: site.longitude,
    latitude: site.latitude,
  };
}
