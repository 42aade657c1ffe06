import { acmeDetails as details, NOW, acmeNote as note, triageText } from "@trunkline/testkit";
import { describe, expect, it } from "vitest";
import { acme, settings, ticket } from "../testing/acme.ts";
import { type AutoResolveQuestion, decideAutoResolve } from "./decide-auto-resolve.ts";

function decide(overrides: Partial<AutoResolveQuestion> = {}) {
  return decideAutoResolve({ edge: acme(), ticket: ticket(), now: NOW, settings: settings(), ...overrides });
}

const resolvedBefore = note(
  "#*MetTel's IPA*#\nAuto-resolving detail for serial: VC100\nTimeStamp: 2022-06-03 09:00:00-04:00",
);
const byob = [note(triageText("BYOB - cable"))];
const night = new Date("2022-06-03T07:00:00Z");

describe("a healthy edge's detail", () => {
  it("A37: is resolved with its lines", () => {
    expect(decide()).toEqual({
      resolve: {
        ticketId: 9001,
        detailId: 11,
        lines: [
          { interface: "GE1", serviceNumber: "LN-1", detailId: 12 },
          { interface: "GE2", serviceNumber: "LN-2", detailId: 13 },
        ],
        close: false,
        outageAt: new Date("2022-06-03T13:40:00Z"),
        facts: {
          host: "vco2.example.net",
          clientName: "Acme Foods",
          outageType: "Link Down (no HA)",
          severity: 2,
          hasDigi: false,
          hasByob: false,
          linkTypes: ["WIRED"],
        },
      },
    });
  });

  it.each<[string, Partial<AutoResolveQuestion>, string]>([
    ["A38: after 91 minutes", { ticket: ticket({ createDate: "6/3/2022 1:29:00 PM" }) }, "the outage was too long ago"],
    ["without a readable date", { ticket: ticket({ createDate: "yesterday" }) }, "the outage was too long ago"],
    [
      "by night, after 181 minutes",
      { now: night, ticket: ticket({ createDate: "6/3/2022 3:59:00 AM" }) },
      "the outage was too long ago",
    ],
    [
      "at a site of unknown hours, after 91 minutes",
      { now: night, edge: acme({}, { site_details: null }), ticket: ticket({ createDate: "6/3/2022 5:29:00 AM" }) },
      "the outage was too long ago",
    ],
    [
      "A40: after three times",
      { ticket: ticket({ notes: [resolvedBefore, resolvedBefore, resolvedBefore] }) },
      "it was resolved too often",
    ],
    [
      "A41: assigned to somebody",
      { ticket: ticket({ details: details({ 11: { assignedToName: "Jane" } }) }) },
      "somebody is working on it",
    ],
    [
      "A43: resolved already",
      { ticket: ticket({ details: details({ 11: { detailStatus: "R" } }) }) },
      "it is resolved already",
    ],
    ["missing", { ticket: ticket({ details: details().slice(1) }) }, "the ticket has no detail for the edge"],
    [
      "of a customer's circuit, resolved already",
      {
        ticket: ticket({
          notes: byob,
          details: details({ 11: { currentTaskName: "IPA Investigate", detailStatus: "R" } }),
        }),
      },
      "it is resolved already",
    ],
  ])("%s is left alone", (_, question, refused) => {
    expect(decide(question)).toEqual({ refused });
  });

  it.each<[string, Partial<AutoResolveQuestion>]>([
    ["after 90 minutes to the second", { ticket: ticket({ createDate: "6/3/2022 1:30:00 PM" }) }],
    ["by night, after 180 minutes", { now: night, ticket: ticket({ createDate: "6/3/2022 4:00:00 AM" }) }],
    [
      "re-opened lately",
      {
        ticket: ticket({
          createDate: "5/1/2022 1:00:00 PM",
          notes: [note(triageText().replace("Triage (VeloCloud)", "Re-opening ticket."))],
        }),
      },
    ],
    ["after two times", { ticket: ticket({ notes: [resolvedBefore, resolvedBefore] }) }],
    [
      "assigned to somebody, without a wired line",
      { ticket: ticket({ details: details({ 11: { assignedToName: "Jane" }, 12: { detailValue: "LN-7" } }) }) },
    ],
    ["assigned to nobody", { ticket: ticket({ details: details({ 11: { assignedToName: " 0 " } }) }) }],
    [
      "of a customer's circuit in the automation's queue, however long and often",
      {
        ticket: ticket({
          createDate: "5/1/2022 1:00:00 PM",
          notes: [...byob, resolvedBefore, resolvedBefore, resolvedBefore],
          details: details({ 11: { currentTaskName: "IPA Investigate", assignedToName: "Jane" } }),
        }),
      },
    ],
  ])("%s is resolved", (_, question) => {
    expect(decide(question)).toHaveProperty("resolve");
  });

  it("keeps to the usual rules when a customer's circuit lies in another queue", () => {
    expect(decide({ ticket: ticket({ createDate: "5/1/2022 1:00:00 PM", notes: byob }) })).toHaveProperty("refused");
  });
});

describe("what is counted", () => {
  const factsOf = (question: Partial<AutoResolveQuestion>) => {
    const verdict = decide(question);
    return "resolve" in verdict ? verdict.resolve.facts : verdict;
  };

  it("is unknown without a note that explains the outage", () => {
    expect(factsOf({ ticket: ticket({ notes: [] }) })).toMatchObject({
      outageType: null,
      hasDigi: null,
      hasByob: null,
      linkTypes: null,
    });
  });

  it("holds links whose type nobody knows", () => {
    expect(factsOf({ ticket: ticket({ notes: [note(triageText("Fiber", "Unknown"))] }) })).toMatchObject({
      linkTypes: [null],
    });
  });

  it.each([
    ["GE1", true],
    ["GE2", false],
  ])("has a DiGi when the modem of %s was rebooted: %s", (name, hasDigi) => {
    const digi = note(`#*MetTel's IPA*#\nOffline DiGi interface identified for serial: VC100\nInterface: ${name}`);
    expect(factsOf({ ticket: ticket({ notes: [note(triageText()), digi] }) })).toMatchObject({ hasDigi });
  });
});
