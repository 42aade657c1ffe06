import { type LinkStatusRow, linkStatusRow } from "@trunkline/contracts";
import { describe, expect, it, test } from "vitest";
import { faultyInterfaces, groupByEdge, isEdgeDown, isLinkFaulty } from "./edge-status.ts";

function row(fields: Partial<LinkStatusRow>): LinkStatusRow {
  return linkStatusRow.parse({
    host: "vco1.example.net",
    edgeSerialNumber: "VC100",
    edgeState: "CONNECTED",
    interface: "GE1",
    linkState: "STABLE",
    ...fields,
  });
}

describe("rows become edges", () => {
  it("takes the edge from its first row and a link from each", () => {
    const edges = groupByEdge([
      row({ edgeName: "ACME-1", displayName: "Fiber 100M", linkIpAddress: "192.0.2.7" }),
      row({ edgeSerialNumber: "VC200", edgeState: "OFFLINE" }),
      row({ edgeName: "renamed meanwhile", interface: "GE2", linkState: "DISCONNECTED" }),
    ]);
    expect(edges).toEqual([
      {
        serial: "VC100",
        name: "ACME-1",
        state: "CONNECTED",
        lastContact: null,
        standbySerial: null,
        partner: null,
        links: [
          { interface: "GE1", label: "Fiber 100M", ipAddress: "192.0.2.7", state: "STABLE" },
          { interface: "GE2", label: null, ipAddress: null, state: "DISCONNECTED" },
        ],
      },
      expect.objectContaining({ serial: "VC200", state: "OFFLINE" }),
    ]);
  });

  it.each([{ edgeSerialNumber: null }, { edgeState: null }, { edgeState: "NEVER_ACTIVATED" }])(
    "leaves %j out",
    (odd) => {
      expect(groupByEdge([row(odd)])).toEqual([]);
    },
  );

  it("knows an edge without links", () => {
    expect(groupByEdge([row({ interface: null, linkState: null })])).toMatchObject([{ serial: "VC100", links: [] }]);
  });
});

test.each([
  ["OFFLINE", true],
  ["CONNECTED", false],
  ["DEGRADED", false],
  ["offline", false],
])("an edge in state %s is down: %s", (state, down) => {
  expect(isEdgeDown({ state })).toBe(down);
});

test.each([
  ["DISCONNECTED", true],
  ["STABLE", false],
  ["UNSTABLE", false],
  [null, false],
])("a link in state %s is faulty: %s", (state, faulty) => {
  expect(isLinkFaulty({ state })).toBe(faulty);
});

test("faulty interfaces are named once, and one without a name not at all", () => {
  const [edge] = groupByEdge([
    row({ interface: "GE2", linkState: "DISCONNECTED" }),
    row({ interface: "GE1" }),
    row({ interface: "GE2", linkState: "DISCONNECTED" }),
    row({ interface: null, linkState: "DISCONNECTED" }),
  ]);
  expect(edge && faultyInterfaces(edge)).toEqual(["GE2"]);
});
