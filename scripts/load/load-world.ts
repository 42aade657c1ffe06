import type { EdgeView } from "@trunkline/sandbox";
import type { SandboxProcess } from "./sandbox-process.ts";

/** What there is in the sandbox to ask about. */
export interface LoadWorld {
  /** Edges that have been switched on once. */
  readonly edges: readonly EdgeView[];
  /** DiGi's modems, by the edge that each is at. */
  readonly modems: readonly { readonly serial: string; readonly mac: string }[];
  readonly probes: readonly { readonly serial: string; readonly uid: string }[];
  readonly tickets: readonly { readonly id: number; readonly serial: string }[];
  readonly sites: readonly { readonly clientId: number; readonly siteId: number }[];
}

/** Asks a bridge before the run. @returns the reply's body */
export type Ask = (subject: string, body: object) => Promise<unknown>;

/** Addresses of the makers of DiGi's modems. */
const DIGI = /^00:(27:04|04:2d)/i;
const TICKETS = 10;

/** Reads the sandbox's world, and has Bruin's bridge open the tickets that the run is about. */
export async function readWorld(sandbox: SandboxProcess, ask: Ask): Promise<LoadWorld> {
  const world = await sandbox.read<{ edges: EdgeView[] }>("/api/world");
  const edges = world.edges.filter(({ state }) => state !== "NEVER_ACTIVATED");
  const withTickets = edges.slice(0, TICKETS);
  return {
    edges,
    modems: edges.flatMap(({ serial, links }) =>
      links.filter(({ logicalId }) => DIGI.test(logicalId)).map(({ logicalId }) => ({ serial, mac: logicalId })),
    ),
    probes: await sandbox.read("/api/probes"),
    tickets: await Promise.all(withTickets.map((edge) => openTicket(edge, ask))),
    sites: await Promise.all(withTickets.map((edge) => siteOf(edge, ask))),
  };
}

async function openTicket({ serial, clientId }: EdgeView, ask: Ask): Promise<LoadWorld["tickets"][number]> {
  const body = { client_id: clientId, service_number: serial };
  const id = await ask("bruin.ticket.creation.outage.request", body);
  if (typeof id !== "number") throw new Error(`no ticket was opened for ${serial}: ${JSON.stringify(id)}`);
  return { id, serial };
}

async function siteOf({ serial, clientId }: EdgeView, ask: Ask): Promise<LoadWorld["sites"][number]> {
  const body = { service_number: serial, status: "A" };
  const [found] = (await ask("bruin.customer.get.info", body)) as { site_id: number }[];
  if (found === undefined) throw new Error(`${serial} has no site`);
  return { clientId, siteId: found.site_id };
}
