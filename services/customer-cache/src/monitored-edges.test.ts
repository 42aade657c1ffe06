import { type LinkStatusRow, linkStatusRow } from "@trunkline/contracts";
import { expect, test } from "vitest";
import { monitoredEdges } from "./monitored-edges.ts";

const host = "vco1.example.net";

function row(changes: Partial<LinkStatusRow> = {}): LinkStatusRow {
  return linkStatusRow.parse({
    host,
    enterpriseName: "Acme Retail|90001|",
    enterpriseId: 12,
    edgeId: 701,
    edgeName: "ACME-0007",
    edgeSerialNumber: "VC1",
    edgeState: "CONNECTED",
    edgeLastContact: "2022-06-03T10:00:12.000Z",
    ...changes,
  });
}

test("the rows of an edge's links become one edge", () => {
  const rows = [row({ interface: "GE1" }), row({ interface: "GE2" }), row({ edgeId: 702, edgeSerialNumber: "VC2" })];
  expect(monitoredEdges(rows, [])).toEqual([
    {
      identity: { host, enterprise_id: 12, enterprise_name: "Acme Retail|90001|", edge_id: 701 },
      name: "ACME-0007",
      serial: "VC1",
      haSerial: null,
      lastContact: "2022-06-03T10:00:12.000Z",
    },
    expect.objectContaining({ serial: "VC2" }),
  ]);
});

test.each([
  ["an enterprise without edges", { edgeId: null, edgeSerialNumber: null, edgeState: null }],
  ["an edge that was never activated", { edgeState: "NEVER_ACTIVATED" }],
  ["an edge without a serial", { edgeSerialNumber: null }],
  ["an edge with an empty serial", { edgeSerialNumber: "" }],
  ["an edge whose state is not known", { edgeState: null }],
])("%s is left out", (_, changes) => {
  expect(monitoredEdges([row(changes)], [])).toEqual([]);
});

test("an edge on the blacklist is left out, one that shares a number with it is not", () => {
  const blacklist = [{ host, enterprise_id: 12, edge_id: 701 }];
  const other = row({ enterpriseId: 13, edgeSerialNumber: "VC2" });
  expect(monitoredEdges([row(), other], blacklist).map(({ serial }) => serial)).toEqual(["VC2"]);
});

test("a standby's serial is kept, an empty one is none", () => {
  const edges = monitoredEdges(
    [row({ edgeHASerialNumber: "VC9" }), row({ edgeSerialNumber: "VC2", edgeHASerialNumber: "" })],
    [],
  );
  expect(edges.map(({ haSerial }) => haSerial)).toEqual(["VC9", null]);
});
