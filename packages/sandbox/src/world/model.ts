/**
 * Words: a customer is an enterprise on one VeloCloud host and a client in Bruin. It has sites; a site has edges
 * (routers), some of them in a high-availability pair; an edge has links (circuits), one per interface. Every edge
 * serial and every link's line is an asset in Bruin's inventory, known by its service number.
 */

/** Someone at a customer whom Bruin may write to. */
export interface Contact {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string | null;
}

export interface Customer {
  /** Bruin's client id. */
  readonly id: number;
  readonly name: string;
  /** The VeloCloud host its edges report to. */
  readonly host: string;
  readonly enterpriseId: number;
  readonly domain: string;
  readonly contacts: readonly Contact[];
}

export interface Address {
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
}

/** Bruin's word for a zone of the United States. */
export type TimeZone = "Eastern" | "Central" | "Mountain" | "Pacific";

export interface Site {
  readonly id: number;
  readonly customer: Customer;
  readonly label: string;
  readonly address: Address;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: TimeZone;
  readonly contact: Contact;
}

export type LinkState = "STABLE" | "DISCONNECTED";

export interface Link {
  readonly id: number;
  readonly interface: string;
  readonly label: string;
  readonly isp: string;
  readonly type: "WIRED" | "WIRELESS";
  readonly mode: "PUBLIC" | "PRIVATE";
  /** Bruin's word for the kind of line. */
  readonly accessType: string;
  /** The line's service number in Bruin (WTN). */
  readonly serviceNumber: string;
  /** MAC address of the gateway and a suffix; DiGi modems are known by its beginning. */
  readonly logicalId: string;
  readonly internalId: string;
  readonly ipAddress: string;
  /** The line itself is dead, whatever the edge does. */
  failed: boolean;
  state: LinkState;
  since: Date;
  /** What is wrong with it while it is up; null when nothing is. */
  trouble: LinkTrouble | null;
}

/** What takes the place of a link's usual figures, in both directions. */
export interface LinkTrouble {
  readonly latencyMs?: number | undefined;
  readonly jitterMs?: number | undefined;
  readonly lossPct?: number | undefined;
  /** How much of the bandwidth is used, in percent. */
  readonly usedPct?: number | undefined;
  readonly since: Date;
}

export type EdgeState = "CONNECTED" | "OFFLINE" | "NEVER_ACTIVATED";
/** State of the standby of a high-availability pair, as VeloCloud words it. */
export type HaState = "READY" | "FAILED";

export interface Edge {
  readonly id: number;
  readonly customer: Customer;
  readonly site: Site;
  readonly name: string;
  readonly model: string;
  readonly activatedAt: Date | null;
  readonly managementStatus: string;
  readonly links: readonly Link[];
  /** Serial of the unit at work; it swaps with `haSerial` when the standby takes over. */
  serial: string;
  haSerial: string | null;
  haState: HaState | null;
  state: EdgeState;
  since: Date;
  /** Since when its present session with the Orchestrator lasts, or lasted. */
  upSince: Date;
}

/** What a fleet is made of before anything happens to it. */
export interface Fleet {
  readonly customers: readonly Customer[];
  readonly sites: readonly Site[];
  readonly edges: readonly Edge[];
}
