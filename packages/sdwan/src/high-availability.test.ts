import { networkEdgeRow } from "@trunkline/contracts";
import { describe, expect, it } from "vitest";
import type { EdgeStatus } from "./edge-status.ts";
import { pairUp } from "./high-availability.ts";

const edge: EdgeStatus = {
  serial: "VC100",
  name: "ACME-1",
  state: "CONNECTED",
  lastContact: null,
  standbySerial: "VC200",
  partner: null,
  links: [{ interface: "GE1", label: null, ipAddress: null, state: "DISCONNECTED" }],
};

function row(haState: string | null, serialNumber = "VC100") {
  return networkEdgeRow.parse({ host: "vco1.example.net", serialNumber, haState });
}

describe("a pair", () => {
  it.each([
    ["READY", "CONNECTED"],
    ["FAILED", "OFFLINE"],
  ])("in state %s has a standby that is %s", (haState, standbyState) => {
    expect(pairUp([edge], [row(haState)])).toEqual([
      { ...edge, partner: { serial: "VC200", state: standbyState, role: "primary" } },
      {
        ...edge,
        serial: "VC200",
        state: standbyState,
        partner: { serial: "VC100", state: "CONNECTED", role: "standby" },
      },
    ]);
  });

  it.each([null, "PENDING_CONFIRMATION", "UNCONFIGURED", "ready"])("in state %s is an edge on its own", (haState) => {
    expect(pairUp([edge], [row(haState)])).toEqual([edge]);
  });

  it("needs the standby's serial", () => {
    const alone = { ...edge, standbySerial: null };
    expect(pairUp([alone], [row("READY")])).toEqual([alone]);
  });
});

it("leaves out an edge whose pairing nobody tells", () => {
  expect(pairUp([edge], [row("READY", "VC900")])).toEqual([]);
});

it("puts standbys behind all the others", () => {
  const second = { ...edge, serial: "VC300", standbySerial: null };
  const serials = pairUp([edge, second], [row("READY"), row(null, "VC300")]).map(({ serial }) => serial);
  expect(serials).toEqual(["VC100", "VC300", "VC200"]);
});
