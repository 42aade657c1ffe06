import { exampleEdge, exampleVoice } from "@trunkline/monitor";
import { isEdgeDown } from "@trunkline/sdwan";
import { type Outage, outage } from "../outage.ts";

const found = { since: exampleVoice.since, decidedAt: exampleVoice.now.toISOString(), quiet: false };

/** The outage that the examples are about. */
export const exampleOutage: Outage = outage.parse({ ...exampleEdge, ...found });

/** The same edge, when it does not answer any more. */
export const exampleEdgeDown: Outage = outage.parse({
  ...exampleEdge,
  ...found,
  outageType: "Hard Down (no HA)",
  status: {
    ...exampleEdge.status,
    state: "OFFLINE",
    links: exampleEdge.status.links.map((link) => ({ ...link, state: "DISCONNECTED" })),
  },
});

/** The same edge, when the link over its DiGi modem is the one that is down. */
export const exampleModemDown: Outage = outage.parse({
  ...exampleEdge,
  ...found,
  status: {
    ...exampleEdge.status,
    links: exampleEdge.status.links.map((link) => ({
      ...link,
      state: link.interface === "GE2" ? "DISCONNECTED" : "STABLE",
    })),
  },
});

/** The severity that its ticket has by default. */
export const severityOf = ({ status }: Outage) => (isEdgeDown(status) ? 2 : 3);
