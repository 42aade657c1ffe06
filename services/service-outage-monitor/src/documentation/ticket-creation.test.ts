import { outageCreation } from "@trunkline/contracts";
import { describe, expect, it } from "vitest";
import { readCreation, strangersIn } from "./ticket-creation.ts";

function answer(...items: { wtn: string; errorCode: number | null; ticketId?: number }[]) {
  return outageCreation.parse({ message: null, items: items.map((item) => ({ ticketId: 9001, ...item })) });
}

describe("what became of the ticket", () => {
  it.each([
    [null, { outcome: "created", ticketId: 9001 }],
    [0, { outcome: "created", ticketId: 9001 }],
    [200, { outcome: "created", ticketId: 9001 }],
    [299, { outcome: "created", ticketId: 9001 }],
    [409, { outcome: "already-open", ticketId: 9001 }],
    [471, { outcome: "still-resolved", ticketId: 9001 }],
    [472, { outcome: "reopened", ticketId: 9001 }],
    [473, { outcome: "new-detail", ticketId: 9001 }],
    [499, { outcome: "none", reason: "the error code 499 is unknown" }],
  ])("code %s", (errorCode, creation) => {
    expect(readCreation(answer({ wtn: "VC100", errorCode }), "VC100")).toEqual(creation);
  });

  it.each([null, 0, 409])("is nothing with code %s and ticket 0", (errorCode) => {
    expect(readCreation(answer({ wtn: "VC100", errorCode, ticketId: 0 }), "VC100")).toMatchObject({ outcome: "none" });
  });

  it("is what Bruin says last about the edge", () => {
    const items = [
      { wtn: "VC100", errorCode: 409 },
      { wtn: "VC100", errorCode: null },
      { wtn: "LN-1", errorCode: 471 },
    ];
    expect(readCreation(answer(...items), "VC100")).toMatchObject({ outcome: "created" });
  });

  it.each([[answer({ wtn: "LN-1", errorCode: null })], [answer()], [9001]])(
    "is nothing when the edge is not mentioned: %j",
    (withoutEdge) => {
      expect(readCreation(withoutEdge, "VC100")).toMatchObject({ outcome: "none" });
    },
  );
});

it("A56: knows service numbers that nobody here knows", () => {
  const items = ["VC100", "LN-1", "LN-9"].map((wtn) => ({ wtn, errorCode: null }));
  expect(strangersIn(answer(...items), new Set(["VC100", "LN-1", null]))).toEqual(["LN-9"]);
});
