import { z } from "zod";
import type { Link } from "../../world/model.ts";
import { customerOf, edgeOf, type Method, parsed } from "./method.ts";
import { lastActive } from "./moments.ts";

const request = z.object({ enterpriseId: z.int(), edgeId: z.int(), modules: z.array(z.string()).default(["WAN"]) });

/** `edge/getEdgeConfigurationModules`; of the modules only WAN, which says what kind of line a link is. */
export const edgeConfigurationModules: Method = (world, host, body) => {
  const { enterpriseId, edgeId, modules } = parsed(request, body);
  const edge = edgeOf(world, customerOf(world, host, enterpriseId), edgeId);
  if (!modules.includes("WAN") || edge.state === "NEVER_ACTIVATED") return {};
  const now = world.clock.now();
  const data = { networks: [], links: edge.links.map((link) => wanLink(link, now)) };
  return { WAN: { version: "1619512204741", schemaVersion: "3.3.2", type: "ENTERPRISE", data } };
};

function wanLink(link: Link, now: Date) {
  return {
    logicalId: link.logicalId,
    internalId: link.internalId,
    discovery: link.mode === "PUBLIC" ? "AUTO_DISCOVERED" : "USER_DEFINED",
    mode: link.mode,
    type: link.type,
    name: link.label,
    isp: link.isp,
    publicIpAddress: link.ipAddress,
    sourceIpAddress: "",
    nextHopIpAddress: "",
    customVlanId: false,
    vlanId: 0,
    virtualIpAddress: "",
    dynamicBwAdjustmentEnabled: false,
    bwMeasurement: "SLOW_START",
    upstreamMbps: "",
    downstreamMbps: "",
    backupOnly: false,
    udpHolePunching: false,
    overheadBytes: 0,
    MTU: 1_500,
    mplsNetwork: "",
    dscpTag: "",
    staticSlaEnabled: false,
    classesofServiceEnabled: false,
    encryptOverlay: true,
    staticSLA: { latencyMs: 0, jitterMs: 0, lossPct: 0 },
    classesOfService: { classId: 0, classesOfService: [] },
    interfaces: [link.interface],
    // Milliseconds since 1970, as text: the Orchestrator's own description says that it is one.
    lastActive: String(lastActive(link, now).getTime()),
  };
}
