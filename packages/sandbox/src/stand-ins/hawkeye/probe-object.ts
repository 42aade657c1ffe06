import { type Probe, reachability } from "../../world/probes.ts";

/** A probe as `GET /probes` lists it; most values are texts. */
export function probeObject(probe: Probe, now: Date) {
  const { up, since } = reachability(probe);
  const { latitude, longitude, label, customer } = probe.site;
  const address = `192.0.2.${(probe.id % 254) + 1}`;
  return {
    probeId: String(probe.id),
    uid: probe.uid,
    os: "Linux",
    name: probe.name,
    testIp: address,
    managementIp: address,
    active: "1",
    type: "8",
    mode: "Automatic",
    n2nMode: "1",
    rsMode: "1",
    typeName: "xr_pi",
    serialNumber: probe.serial,
    probeGroup: customer.name,
    location: label,
    latitude: String(latitude),
    longitude: String(longitude),
    endpointVersion: "9.1 SP4 Update 1",
    xrVersion: "4.2",
    defaultInterface: "eth0",
    defaultGateway: "192.0.2.1",
    availableForMesh: "1",
    lastRestart: since.toISOString(),
    availability: { from: 1, to: 1, mesh: 1 },
    ips: [address],
    userGroups: [],
    wifi: { available: 0, associated: 0, bssid: "", ssid: "", frequency: "", level: "0", bitrate: "" },
    nodetonode: statusOf(up ? 1 : 0, up ? heartbeat(probe, now) : since),
    realservice: statusOf(up ? 1 : 0, up ? heartbeat(probe, now) : since),
  };
}

function statusOf(status: 0 | 1, at: Date) {
  return { status, lastUpdate: seconds(at) };
}

/** Hawkeye dates to the second. */
export function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** Probes report every half a minute, each at its own second. */
function heartbeat({ id }: Probe, now: Date): Date {
  return new Date(now.getTime() - ((id * 7_919) % 30_000));
}
