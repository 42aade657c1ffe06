import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { z } from "zod";
import type { Asset } from "../../world/inventory.ts";
import type { World } from "../../world/world.ts";
import { BruinError } from "./bruin-error.ts";
import { bodyOf, wholeNumber } from "./request.ts";

const repairRequest = z.object({
  ClientID: wholeNumber,
  WTNs: z.array(z.string()).min(1),
  RequestDescription: z.string().min(1),
  ticketContact: z.looseObject({ email: z.email() }).nullish(),
  WtnInterfaces: z.record(z.string(), z.array(z.string())).nullish(),
});

const ticketRequest = z.object({
  clientId: wholeNumber,
  category: z.enum(["VOO", "VAS"]),
  services: z.array(z.looseObject({ serviceNumber: z.string() })).min(1),
  contacts: z.array(z.looseObject({ email: z.string(), type: z.enum(["ticket", "site"]) })).min(1),
  notes: z.array(z.looseObject({ noteValue: z.string().nullish() })).default([]),
});

/** The two ways to a new ticket: `repair` knows of tickets that are there already, the plain one does not. */
export function ticketCreation(app: Hono<{ Bindings: HttpBindings }>, { desk, inventory }: World): void {
  app.post("/api/Ticket/repair", async (context) => {
    const body = await bodyOf(context, repairRequest);
    const assets = assetsOf(body.ClientID, body.WTNs);
    const [first] = assets;
    const interfaces = body.WtnInterfaces?.[first.serviceNumber] ?? [];
    const lines = first.edge.links
      .filter((link) => interfaces.includes(link.interface))
      .map((link) => assetOf(body.ClientID, link.serviceNumber));
    const items = desk.repair({ assets, lines, description: body.RequestDescription }).map((item) => ({
      ticketId: item.ticketId,
      inventoryId: item.asset.inventoryId,
      wtn: item.asset.serviceNumber,
      errorMessage: item.errorMessage,
      errorCode: item.errorCode,
    }));
    return context.json({ message: null, items });
  });

  app.on("POST", ["/api/Ticket", "/api/Ticket/"], async (context) => {
    const body = await bodyOf(context, ticketRequest);
    const assets = assetsOf(
      body.clientId,
      body.services.map(({ serviceNumber }) => serviceNumber),
    );
    const ticket = desk.open({ topic: body.category, assets, description: `${body.category} ticket` });
    for (const { noteValue } of body.notes) {
      if (noteValue) desk.addNote(ticket, { text: noteValue, serviceNumbers: [], type: "ADN", author: desk.apiUser });
    }
    return context.json({ ticketIds: [ticket.id] });
  });

  function assetsOf(clientId: number, serviceNumbers: readonly string[]): [Asset, ...Asset[]] {
    const [first = "", ...rest] = new Set(serviceNumbers);
    return [assetOf(clientId, first), ...rest.map((serviceNumber) => assetOf(clientId, serviceNumber))];
  }

  function assetOf(clientId: number, serviceNumber: string): Asset {
    const asset = inventory.find(clientId, serviceNumber);
    if (asset !== undefined) return asset;
    const message = `Service number ${serviceNumber} was not found in the inventory of client ${clientId}.`;
    throw new BruinError(message, { type: "ValidationException" });
  }
}
