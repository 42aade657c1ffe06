import type { Fleet, Link, Site } from "./model.ts";

/** A line, by the name that its carrier gives it. */
export function circuitIdOf({ id }: Link): string {
  return `CKT-${String(id).padStart(6, "0")}`;
}

/** The number that callers dial to reach a site; of the range that is kept for stories. */
export function phoneNumberOf({ id }: Site): string {
  return `+1555${String(id).padStart(7, "0")}`;
}

/** What Bruin finds by other names than service numbers. */
export interface Circuits {
  /** The service number of a circuit's line. */
  serviceNumberOf(circuitId: string): string | undefined;
  siteOf(phoneNumber: string): Site | undefined;
}

export function createCircuits({ edges, sites }: Fleet): Circuits {
  const lines = new Map(edges.flatMap(({ links }) => links.map((link) => [circuitIdOf(link), link.serviceNumber])));
  const byPhoneNumber = new Map(sites.map((site) => [phoneNumberOf(site), site]));
  return {
    serviceNumberOf: (circuitId) => lines.get(circuitId),
    siteOf: (phoneNumber) => byPhoneNumber.get(phoneNumber),
  };
}
