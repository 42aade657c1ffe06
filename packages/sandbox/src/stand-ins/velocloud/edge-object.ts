import type { Edge } from "../../world/model.ts";
import { lastContact, never, upSince } from "./moments.ts";

/** An edge as `getEnterpriseEdges` and `getNetworkEnterprises` write it. Flags are 0 or 1. */
export function edgeObject(edge: Edge, now: Date) {
  const activated = edge.activatedAt?.toISOString() ?? never;
  const serialDigits = edge.serial.slice(-8);
  return {
    id: edge.id,
    created: activated,
    enterpriseId: edge.customer.enterpriseId,
    siteId: edge.site.id,
    activationKey: `${serialDigits.slice(0, 4)}-${serialDigits.slice(4)}`,
    activationKeyExpires: never,
    activationState: edge.activatedAt === null ? "PENDING" : "ACTIVATED",
    activationTime: activated,
    ...software,
    softwareUpdated: activated,
    selfMacAddress: `f0:8e:db:${serialDigits.slice(2, 4)}:${serialDigits.slice(4, 6)}:${serialDigits.slice(6)}`,
    deviceId: `device-${edge.id}`,
    logicalId: `edge-${edge.customer.enterpriseId}-${edge.id}`,
    serialNumber: edge.serial,
    modelNumber: edge.model,
    deviceFamily: `EDGE${edge.model.replace("edge", "")[0]}X0`,
    name: edge.name,
    dnsName: `${edge.name.toLowerCase()}.${edge.customer.domain}`,
    description: edge.site.label,
    alertsEnabled: 1,
    operatorAlertsEnabled: 1,
    edgeState: edge.state,
    edgeStateTime: edge.since.toISOString(),
    isLive: edge.state === "CONNECTED" ? 1 : 0,
    systemUpSince: upSince(edge),
    serviceUpSince: upSince(edge),
    lastContact: lastContact(edge, now),
    serviceState: "IN_SERVICE",
    endpointPkiMode: "CERTIFICATE_OPTIONAL",
    ...highAvailability(edge, now),
    modified: activated,
    isHub: false,
  };
}

const software = {
  softwareVersion: "5.0.0.0",
  buildNumber: "R500-20220506-GA",
  factorySoftwareVersion: "4.5.0",
  factoryBuildNumber: "R450-20210922-GA",
  platformFirmwareVersion: "",
  platformBuildNumber: "",
  modemFirmwareVersion: "",
  modemBuildNumber: "",
  bastionState: "UNCONFIGURED",
};

function highAvailability({ haState, haSerial, since }: Edge, now: Date) {
  if (haState === null) {
    return { haState: "UNCONFIGURED", haPreviousState: "UNCONFIGURED", haLastContact: never, haSerialNumber: null };
  }
  return {
    haState,
    haPreviousState: haState === "READY" ? "PENDING_CONFIRMED" : "READY",
    haLastContact: (haState === "READY" ? now : since).toISOString(),
    haSerialNumber: haSerial,
  };
}
