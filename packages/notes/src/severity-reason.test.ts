import fc from "fast-check";
import { expect, it } from "vitest";
import { parseSeverityReason, renderSeverityReason } from "./severity-reason.ts";

it("names the edge that is down", () => {
  expect(renderSeverityReason({ severity: 2, faultyInterfaces: null })).toBe(
    "#*MetTel's IPA*#\nChanging to Severity 2\nEdge Status: Offline",
  );
});

it("names the links that are down", () => {
  expect(renderSeverityReason({ severity: 3, faultyInterfaces: ["GE1", "GE2"] })).toBe(
    "#*MetTel's IPA*#\nChanging to Severity 3\nEdge Status: Online\nInterface GE1 Status: Disconnected\nInterface GE2 Status: Disconnected",
  );
});

it("can be read back", () => {
  const name = fc.stringMatching(/^[A-Za-z0-9._/-]{1,10}( [A-Za-z0-9]{1,5})?$/);
  const reason = fc.record({ severity: fc.nat(9), faultyInterfaces: fc.option(fc.array(name)) });
  fc.assert(
    fc.property(reason, (written) => {
      expect(parseSeverityReason(renderSeverityReason(written))).toEqual(written);
    }),
  );
});

it.each(["", "#*MetTel's IPA*#\nTriage (VeloCloud)", "Changing to Severity 2"])("%j is no reason", (text) => {
  expect(parseSeverityReason(text)).toBeNull();
});
