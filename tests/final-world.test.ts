import { describe, expect, it } from "vitest";
import { differences, type ExpectedTicket, type World } from "../scripts/demo/final-world.ts";

const expected: ExpectedTicket = {
  serial: "VC1",
  severity: 2,
  status: "Resolved",
  queues: { "IPA Investigate": 1 },
  notes: { Triage: 1 },
  slack: { created: 1 },
};
const ticket = {
  id: 7,
  client: "Acme Foods",
  status: "Resolved",
  severity: 2,
  details: [
    { serviceNumber: "VC1", status: "R", queue: "Intake" },
    { serviceNumber: "LN1", status: "R", queue: "IPA Investigate" },
  ],
  notes: [{ id: 1, text: "Triage (VeloCloud)", serviceNumbers: ["VC1"] }],
};
const world: World = {
  tickets: [ticket],
  slack: [{ id: 1, channel: "slack", text: "Ticket created for VC1" }],
};

describe("differences between the world and the storyline", () => {
  it("finds none in the world as it must be", () => {
    expect(differences([expected], world)).toEqual([]);
  });

  const broken: readonly (readonly [string, Partial<World>, string])[] = [
    ["a missing ticket", { tickets: [] }, "VC1: no ticket, expected one"],
    ["a doubled ticket", { tickets: [ticket, { ...ticket, id: 8 }] }, "VC1: 2 tickets, expected one"],
    ["a wrong status", { tickets: [{ ...ticket, status: "New" }] }, "ticket 7 for VC1: status: New, expected Resolved"],
    ["a wrong severity", { tickets: [{ ...ticket, severity: 3 }] }, "ticket 7 for VC1: severity: 3, expected 2"],
    [
      "a doubled note",
      { tickets: [{ ...ticket, notes: [...ticket.notes, ...ticket.notes] }] },
      'ticket 7 for VC1: notes with "Triage": 2, expected 1',
    ],
    [
      "a line that nobody looks after",
      { tickets: [{ ...ticket, details: ticket.details.map((detail) => ({ ...detail, queue: "Intake" })) }] },
      'ticket 7 for VC1: details in "IPA Investigate": 0, expected 1',
    ],
    ["a lost Slack message", { slack: [] }, 'VC1: Slack messages with "created": 0, expected 1'],
    [
      "a ticket for an edge that only flapped",
      { tickets: [ticket, { ...ticket, id: 9, details: [{ serviceNumber: "VC2", status: "I", queue: "Intake" }] }] },
      "ticket 9 for VC2: expected none",
    ],
  ];
  it.each(broken)("names %s", (_what, change, sentence) => {
    expect(differences([expected], { ...world, ...change })).toContain(sentence);
  });
});
