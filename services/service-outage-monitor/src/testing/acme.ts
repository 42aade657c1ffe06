import type { CachedEdge, TicketDetail, TicketNote } from "@trunkline/contracts";
import { type MonitoredEdge, monitoredEdges, type OpenTicket } from "@trunkline/monitor";
import {
  type AcmeState,
  acmeDetails,
  acmeLinks,
  acmeNote,
  acmePairs,
  acmeTicket,
  cachedAcme,
  HOST,
  ROBOT,
  triageText,
} from "@trunkline/testkit";
import { config } from "../config.ts";
import { type Settings, settingsOf } from "../settings.ts";

/** The environment of the tests; everything else as in production. */
export const environment = {
  MONITORING__VELOCLOUD_HOST: HOST,
  IPA_SYSTEM_USERNAME_IN_BRUIN: ROBOT,
  BRUIN_TICKET_URL: "https://bruin.example.net/t",
  METRICS_RELEVANT_CLIENTS: '["Acme Foods"]',
  TIMEZONE: "US/Eastern",
};

export function settings(overrides: Partial<Settings> = {}): Settings {
  const values = Object.entries(config).map(([name, schema]) => [
    name,
    schema.parse((environment as Record<string, string>)[name]),
  ]);
  return { ...settingsOf({ ...Object.fromEntries(values), TIMEZONE: environment.TIMEZONE }), ...overrides };
}

export function acme(state: AcmeState = {}, cached: Partial<CachedEdge> = {}): MonitoredEdge {
  const cache = [cachedAcme(cached)];
  const edge = monitoredEdges({ cache, links: acmeLinks(state), pairs: acmePairs(state) }, []).get("VC100");
  if (edge === undefined) throw new Error("the fixture's edge is not under monitoring");
  return edge;
}

/** Ticket 9001, opened by the automation 80 minutes ago. */
export function ticket(
  fields: { createDate?: string; details?: TicketDetail[]; notes?: TicketNote[] } = {},
): OpenTicket {
  return {
    ticket: acmeTicket(fields.createDate === undefined ? {} : { createDate: fields.createDate }),
    ticketDetails: fields.details ?? acmeDetails(),
    ticketNotes: fields.notes ?? [acmeNote(triageText())],
  };
}
