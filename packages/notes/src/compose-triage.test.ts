import { edgeEvent } from "@trunkline/contracts";
import { groupByEdge, pairUp } from "@trunkline/sdwan";
import { type AcmeState, acmeLinks, acmePairs, cachedAcme, DOWN, NOW } from "@trunkline/testkit";
import { describe, expect, it } from "vitest";
import { type TroubledEdge, triageNoteOf } from "./compose-triage.ts";

const events = [
  { event: "LINK_DEAD", eventTime: "2022-06-03T14:56:00.000Z", message: "Link GE1 is now DEAD" },
  { event: "EDGE_UP", eventTime: "2022-06-01T10:00:00.000Z", message: null },
].map((event) => edgeEvent.parse(event));

function troubled(state: AcmeState, outageType: TroubledEdge["outageType"] = "Link Down (no HA)"): TroubledEdge {
  const [status] = pairUp(groupByEdge(acmeLinks(state)), acmePairs(state));
  if (status === undefined) throw new Error("the fixture has no edge");
  return { outageType, status, cached: cachedAcme() };
}

describe("a triage note", () => {
  it("shows the edge, its links and when they were last seen", () => {
    const note = triageNoteOf(troubled({ GE1: DOWN }), { kind: "triage", events, now: NOW });
    expect(note).toMatchObject({
      kind: "triage",
      outageType: "Link Down (no HA)",
      console: { host: "vco2.example.net", enterpriseId: 7, edgeId: 70 },
      edgeName: "ACME-0007",
      primary: { serial: "VC100", state: "CONNECTED", lastSeen: { online: new Date("2022-06-01T10:00:00Z") } },
      standby: null,
      links: [
        {
          interface: "GE1",
          label: "Fiber 100M",
          type: { mode: "PUBLIC", type: "WIRED" },
          state: "DISCONNECTED",
          lastSeen: { offline: new Date("2022-06-03T14:56:00Z") },
        },
        { interface: "GE2", state: "STABLE", lastSeen: { online: null, offline: null } },
      ],
    });
  });

  it("puts the primary of a pair first, also when the ticket is about the standby", () => {
    const outage = troubled({ ha: "READY", edge: "OFFLINE" }, "Soft Down (HA)");
    const pair = { primary: { serial: "VC100", state: "OFFLINE" }, standby: { serial: "VC200", state: "CONNECTED" } };
    expect(triageNoteOf(outage, { kind: "triage", events, now: NOW })).toMatchObject(pair);
    const partner = { serial: "VC100", state: "OFFLINE", role: "standby" } as const;
    const ofStandby = {
      ...outage,
      status: { ...outage.status, serial: "VC200", state: "CONNECTED", partner, links: [] },
    };
    expect(triageNoteOf(ofStandby, { kind: "triage", events, now: NOW })).toMatchObject(pair);
  });

  it("A58: knows no type of an interface that is not configured, and leaves out a link without a name", () => {
    const outage = troubled({ GE1: { ...DOWN, interface: "GE9" }, GE2: { ...DOWN, interface: null } });
    expect(triageNoteOf(outage, { kind: "triage", events, now: NOW }).links).toEqual([
      expect.objectContaining({ interface: "GE9", type: null }),
    ]);
  });
});
