import { describe, expect, it } from "vitest";
import { CallFailed } from "./errors.ts";
import { failureMessage, placeText, unreadableTicketsMessage } from "./place.ts";

const place = { clientName: "Acme Foods", edgeName: "ACME-0007", serial: "VC100", host: "vco2.example.net" };

describe("a place", () => {
  it("is a customer's edge on a host", () => {
    expect(placeText(place)).toBe("Acme Foods, edge ACME-0007 (VC100) on vco2.example.net");
    expect(placeText({ ...place, clientName: null, edgeName: null })).toBe("edge VC100 on vco2.example.net");
  });

  it("cannot call the channel", () => {
    expect(placeText({ ...place, edgeName: "<!channel>" })).toContain("&lt;!channel&gt;");
  });
});

it.each([
  [503, "It is tried again, and whatever else needs the same waits with it."],
  [400, "It is not tried again: please look at it."],
])("a step that failed with %s says what comes next", (status, next) => {
  const error = new CallFailed("bruin.ticket.status.open", status);
  expect(failureMessage({ about: "edge VC100", doing: "re-open ticket 9001", error })).toBe(
    `Could not re-open ticket 9001 for edge VC100: \`bruin.ticket.status.open\` answered with status ${status}. ${next}`,
  );
});

it("tickets that cannot be read are told of with what that means", () => {
  const error = new CallFailed("bruin.ticket.basic.request", 500);
  expect(unreadableTicketsMessage("vco2.example.net", error)).toContain("stays unresolved until it answers");
});
