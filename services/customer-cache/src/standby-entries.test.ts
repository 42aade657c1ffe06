import { expect, test } from "vitest";
import { withStandbys } from "./standby-entries.ts";
import { cachedEdgeOf } from "./testing/cached-edge.ts";

test("an edge with a standby is followed, at the end, by an entry for it", () => {
  const pair = cachedEdgeOf("VC1", { ha_serial_number: "VC9" });
  const single = cachedEdgeOf("VC2");
  expect(withStandbys([pair, single])).toEqual([
    pair,
    single,
    { ...pair, serial_number: "VC9", ha_serial_number: "VC1" },
  ]);
});

test("a standby that is listed as an edge of its own is not doubled", () => {
  const both = [cachedEdgeOf("VC1", { ha_serial_number: "VC9" }), cachedEdgeOf("VC9", { ha_serial_number: "VC1" })];
  expect(withStandbys(both)).toEqual(both);
});
