import { expect, test } from "vitest";
import type { EdgeStatus, Partner } from "./edge-status.ts";
import { isDocumented, isLinkOutage, type OutageType, outageTypeOf } from "./outage-type.ts";

/** The edge's part in a pair, then the state of the edge itself, of its partner and of one of its links. */
type Situation = `${"none" | Partner["role"]}: ${Power}, partner ${Power}, link ${Power}`;
type Power = "up" | "down";

test.each<[Situation, OutageType | null, documented: boolean]>([
  ["none: up, partner up, link up", null, false],
  ["none: up, partner up, link down", "Link Down (no HA)", true],
  ["none: down, partner up, link up", "Hard Down (no HA)", true],
  ["none: down, partner up, link down", "Hard Down (no HA)", true],
  ["primary: up, partner up, link up", null, false],
  ["primary: up, partner up, link down", "Link Down (HA)", true],
  ["primary: up, partner down, link up", null, false],
  ["primary: up, partner down, link down", "Link Down (HA)", true],
  ["primary: down, partner up, link up", "Soft Down (HA)", true],
  ["primary: down, partner up, link down", "Soft Down (HA)", true],
  ["primary: down, partner down, link up", "Hard Down (HA)", true],
  ["primary: down, partner down, link down", "Hard Down (HA)", true],
  ["standby: up, partner up, link up", null, false],
  ["standby: up, partner up, link down", "Link Down (HA)", false],
  ["standby: up, partner down, link up", null, false],
  ["standby: up, partner down, link down", "Link Down (HA)", false],
  ["standby: down, partner up, link up", "Soft Down (HA)", true],
  ["standby: down, partner up, link down", "Soft Down (HA)", true],
  ["standby: down, partner down, link up", "Hard Down (HA)", false],
  ["standby: down, partner down, link down", "Hard Down (HA)", false],
])("%s → %s, documented: %s", (situation, type, documented) => {
  const edge = edgeIn(situation);
  expect(outageTypeOf(edge)).toBe(type);
  expect(type !== null && isDocumented(type, edge)).toBe(documented);
});

test.each<[OutageType, boolean]>([
  ["Link Down (no HA)", true],
  ["Link Down (HA)", true],
  ["Hard Down (no HA)", false],
  ["Soft Down (HA)", false],
  ["Hard Down (HA)", false],
])("%s is a link outage: %s", (type, expected) => {
  expect(isLinkOutage(type)).toBe(expected);
});

function edgeIn(situation: Situation): EdgeStatus {
  const [, role, edge, partner, link] = /^(\w+): (\w+), partner (\w+), link (\w+)$/.exec(situation) ?? [];
  const state = (power: string | undefined) => (power === "down" ? "OFFLINE" : "CONNECTED");
  return {
    serial: "VC100",
    name: "ACME-1",
    state: state(edge),
    lastContact: null,
    standbySerial: null,
    partner: role === "primary" || role === "standby" ? { serial: "VC200", state: state(partner), role } : null,
    links: [
      { interface: "GE1", label: null, ipAddress: null, state: "STABLE" },
      { interface: "GE2", label: null, ipAddress: null, state: link === "down" ? "DISCONNECTED" : "UNSTABLE" },
    ],
  };
}
