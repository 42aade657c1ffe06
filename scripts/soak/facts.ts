import type { World } from "@trunkline/sandbox";

/** What does not change in a day: the fleet as the world has it, in the terms of the rules. */
export interface EdgeFacts {
  readonly id: number;
  readonly name: string;
  readonly serial: string;
  /** Of the standby at the start of the day. */
  readonly haSerial: string | null;
  readonly host: string;
  readonly siteId: number;
  /** Minutes that the site's clock is ahead of UTC. The day lies in winter. */
  readonly utcOffsetMinutes: number;
  /** Whether Bruin has it under monitoring. */
  readonly monitored: boolean;
  readonly links: readonly LinkFacts[];
}

export interface LinkFacts {
  readonly interface: string;
  /** Service number of its line. */
  readonly line: string;
  readonly ethernet: boolean;
  /** Behind a DiGi modem. */
  readonly digi: boolean;
  /** A circuit that the customer brings. */
  readonly customerOwned: boolean;
  readonly businessGrade: boolean;
}

/** Orchestrators whose circuits of business grade get their ticket without a quarantine. */
export const businessGradeHosts: readonly string[] = ["vco2.example.net"];

const hours = { Eastern: -5, Central: -6, Mountain: -7, Pacific: -8 } as const;

export function factsOf({ network }: World): EdgeFacts[] {
  return network.fleet.edges
    .filter(({ state }) => state !== "NEVER_ACTIVATED")
    .map((edge) => ({
      id: edge.id,
      name: edge.name,
      serial: edge.serial,
      haSerial: edge.haSerial,
      host: edge.customer.host,
      siteId: edge.site.id,
      utcOffsetMinutes: hours[edge.site.timeZone] * 60,
      monitored: edge.managementStatus.startsWith("Active"),
      links: edge.links.map(({ interface: name, serviceNumber, accessType, logicalId, label }) => ({
        interface: name,
        line: serviceNumber,
        ethernet: accessType === "Ethernet/T1/MPLS",
        digi: ["00:04:2d", "00:27:04"].some((header) => logicalId.includes(header)),
        customerOwned: label.toLowerCase().includes("byob"),
        businessGrade: ["DIA", "MPLS"].some((word) => label.includes(word)),
      })),
    }));
}
