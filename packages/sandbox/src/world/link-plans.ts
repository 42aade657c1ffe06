import type { Random } from "../random.ts";
import type { Link } from "./model.ts";

/** The parts of a link that follow from what kind of line it is. */
export type LinkPlan = Pick<Link, "interface" | "label" | "isp" | "type" | "mode" | "accessType"> & {
  /** What the gateway's MAC address begins with; DiGi modems are recognised by theirs. */
  readonly macPrefix: string;
};

const wired = { type: "WIRED", mode: "PUBLIC", accessType: "Ethernet/T1/MPLS" } as const;
const wireless = { type: "WIRELESS", mode: "PUBLIC", accessType: "Wireless", isp: "Harbor Wireless" } as const;

const plain = "a4:8d:3b";
const digi = "00:27:04";
const olderDigi = "00:04:2d";

type Plans = readonly [LinkPlan, ...LinkPlan[]];

const firstLinks: Plans = [
  { ...wired, interface: "GE1", label: "Skylark Fiber 100M", isp: "Skylark Fiber", macPrefix: plain },
  { ...wired, interface: "GE1", label: "Meridian DIA 50M", isp: "Meridian Telecom", macPrefix: plain },
  { ...wired, interface: "GE1", label: "Meridian MPLS", isp: "Meridian Telecom", mode: "PRIVATE", macPrefix: plain },
];

const secondLinks: Plans = [
  {
    ...wired,
    accessType: "Cable",
    interface: "GE2",
    label: "Blue Ridge Cable 200M",
    isp: "Blue Ridge Cable",
    macPrefix: plain,
  },
  { ...wireless, interface: "GE2", label: "LTE backup", macPrefix: digi },
  { ...wired, accessType: "Cable", interface: "GE2", label: "BYOB - cable", isp: "Blue Ridge Cable", macPrefix: plain },
  { ...wireless, interface: "GE2", label: "Harbor 5G", macPrefix: plain },
];

const thirdLinks: Plans = [
  { ...wireless, interface: "USB1", label: "LTE stick", macPrefix: plain },
  { ...wireless, interface: "GE3", label: "LTE failover", macPrefix: olderDigi },
];

/** The lines of one edge: two as a rule, three at every fifth edge, one at every eleventh, unless it is said how many. */
export function planLinks(edgeIndex: number, random: Random, count: 1 | 2 | 3 = usualCount(edgeIndex)): LinkPlan[] {
  const first = edgeIndex === 0 ? firstLinks[0] : random.pick(firstLinks);
  if (count === 1) return [first];
  const second = random.pick(secondLinks);
  return count === 3 ? [first, second, random.pick(thirdLinks)] : [first, second];
}

function usualCount(edgeIndex: number): 1 | 2 | 3 {
  if (edgeIndex % 11 === 10) return 1;
  return edgeIndex % 5 === 4 ? 3 : 2;
}
