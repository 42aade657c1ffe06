import { edgeEvent } from "@trunkline/contracts";
import { describe, expect, it, test } from "vitest";
import { interfaceOf, lastSeen } from "./edge-events.ts";

test.each([
  ["Interface GE1 is up", "GE1"],
  ["Interface GE1 is down", "GE1"],
  ["Link GE2 is now DEAD", "GE2"],
  ["Link GE2 is no longer DEAD", "GE2"],
  ["Link GE-2/1 is now DEAD", "GE-2/1"],
  ["Link WAN is down town is now DEAD", "WAN"],
  ["Edge rebooted", null],
  ["", null],
  [null, null],
])("%s is about %s", (message, name) => {
  expect(interfaceOf(message)).toBe(name);
});

describe("what was last seen", () => {
  const seen = lastSeen(
    [
      { event: "LINK_DEAD", eventTime: "2022-06-03T09:00:00.000Z", message: "Link GE1 is now DEAD" },
      { event: "LINK_DEAD", eventTime: "2022-06-03T06:30:00.000-04:00", message: "Link GE1 is now DEAD" },
      { event: "LINK_DEAD", eventTime: "2022-06-03T10:00:00.000Z", message: "Link GE1 is now DEAD" },
      { event: "LINK_ALIVE", eventTime: "2022-06-03T08:00:00.000Z", message: "Link GE2 is no longer DEAD" },
      { event: "LINK_ALIVE", eventTime: "2022-06-03T11:00:00.000Z", message: "a wording of tomorrow" },
      { event: "EDGE_UP", eventTime: "2022-06-03T07:00:00.000Z", message: null },
      { event: "EDGE_DOWN", eventTime: "yesterday", message: null },
    ].map((event) => edgeEvent.parse(event)),
  );

  it("is the newest moment, whatever the order and the offsets", () => {
    expect(seen.interface("GE1")).toEqual({ online: null, offline: new Date("2022-06-03T10:30:00Z") });
  });

  it("keeps interfaces and the edge apart", () => {
    expect(seen.interface("GE2")).toEqual({ online: new Date("2022-06-03T08:00:00Z"), offline: null });
    expect(seen.edge).toEqual({ online: new Date("2022-06-03T07:00:00Z"), offline: null });
  });

  it("is unknown where no event tells", () => {
    expect(seen.interface("GE3")).toEqual({ online: null, offline: null });
  });
});
