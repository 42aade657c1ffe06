import {
  type CachedProbe,
  cachedProbe,
  getCustomerInfo,
  getManagementStatus,
  type HawkeyeProbe,
  hawkeyeProbe,
  type RequestContract,
  requestProbes,
} from "@trunkline/contracts";

/** What the two bridges would answer about one device. */
export interface Device {
  readonly serial: string;
  readonly client?: number;
  readonly status?: string | null;
  readonly nodetonode?: string;
  readonly realservice?: string;
}

/** A bridge's reply, as the bus gives it. */
export interface PeerReply {
  readonly status: number;
  readonly body: unknown;
}

/** Two bridges over a list of devices. Put other replies into `overrides`, by subject. */
export interface Site {
  devices: Device[];
  /** By subject; undefined is the site's own answer. */
  readonly overrides: Map<string, (body: Record<string, unknown>) => PeerReply | undefined>;
  /** Answers wait for it. */
  held: Promise<void>;
  /** Subjects of the requests so far. */
  readonly requests: string[];
  answer(subject: string, body: Record<string, unknown>): PeerReply;
}

export const bridgeContracts: readonly RequestContract[] = [requestProbes, getCustomerInfo, getManagementStatus];

export function siteOf(...devices: Device[]): Site {
  const site: Site = {
    devices,
    overrides: new Map(),
    held: Promise.resolve(),
    requests: [],
    answer(subject, body) {
      site.requests.push(subject);
      const device = site.devices.find(({ serial }) => serial === body.service_number);
      return site.overrides.get(subject)?.(body) ?? { status: 200, body: ownAnswer(subject, site, device) };
    },
  };
  return site;
}

function ownAnswer(subject: string, site: Site, device: Device | undefined): unknown {
  if (subject === requestProbes.subject) return site.devices.map(probeOf);
  if (subject === getManagementStatus.subject) return device?.status === undefined ? "Pending" : device.status;
  if (device === undefined) return [];
  return [{ client_id: device.client ?? 90001, client_name: "Acme Retail", site_id: 777 }];
}

export function probeOf({ serial, nodetonode = "2026-01-05T09:40:00Z", realservice = "never" }: Device): HawkeyeProbe {
  return hawkeyeProbe.parse({
    probeId: serial.slice(1),
    uid: `b8:27:eb:00:00:${serial.slice(1).padStart(2, "0")}`,
    name: `ACME-${serial}`,
    typeName: "xr_pi",
    serialNumber: serial,
    probeGroup: "ACME",
    active: "1",
    nodetonode: { status: 1, lastUpdate: nodetonode },
    realservice: { status: 0, lastUpdate: realservice },
  });
}

/** A cached device with this serial. */
export function cachedProbeOf(serial: string, changes: Partial<CachedProbe> = {}): CachedProbe {
  return cachedProbe.parse({
    probe_id: serial.slice(1),
    probe_uid: `b8:27:eb:00:00:${serial.slice(1).padStart(2, "0")}`,
    probe_group: "ACME",
    device_type_name: "xr_pi",
    last_contact: "2026-01-05T09:40:00Z",
    serial_number: serial,
    bruin_client_info: { client_id: 90001, client_name: "Acme Retail", site_id: 777 },
    ...changes,
  });
}
