import { expect, test } from "vitest";
import { findMove } from "./change-work-recovery.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const move = { ticket_id: 7, detail_id: 8, queue_name: "No Trouble Found" };
const firstAttemptAt = new Date("2022-01-21T16:02:00Z");
const recovering = () => ({ ...requestContext(), firstAttemptAt });
const liesIn = (currentTaskName: string | null) => ({
  body: {
    ticketDetails: [
      { detailID: 9, detailValue: "VC2", currentTaskName: "No Trouble Found" },
      { detailID: 8, detailValue: "VC1", currentTaskName },
    ],
  },
});
const row = {
  DetailID: 8,
  Asset: "VC1",
  "Task Result": "No Trouble Found ",
  EnteredDate_N: "2022-01-21T11:02:05-05:00",
};
const history = (...result: unknown[]) => ({ body: { result } });
const done = { status: 200, body: { message: "success" } };
const byNumber = { ...move, detail_id: null, service_number: "VC1" };

test.each([move, byNumber])("a detail that lies in the queue was moved there: %j", async (wanted) => {
  const bruin = await scriptedBruin(liesIn("No Trouble Found "));
  expect(await findMove(bruin.client)(wanted, recovering())).toEqual(done);
  expect(bruin.calls).toHaveLength(1);
});

test.each([move, byNumber])(
  "a result that the history has was applied, whatever the queue's name: %j",
  async (wanted) => {
    const bruin = await scriptedBruin(liesIn("ASR Investigate"), history(null, row));
    expect(await findMove(bruin.client)(wanted, recovering())).toEqual(done);
    expect(bruin.calls.map(({ url }) => url)).toEqual(["/api/Ticket/7/details", "/api/Ticket/AITicketData?ticketId=7"]);
  },
);

test.each([
  ["an older result", { ...row, EnteredDate_N: "2022-01-21T10:02:05-05:00" }],
  ["another detail's result", { ...row, DetailID: 9, Asset: "VC2" }],
  ["another result", { ...row, "Task Result": "Refer" }],
  ["a result without a date", { ...row, EnteredDate_N: null }],
])("%s is not the move", async (_, event) => {
  const bruin = await scriptedBruin(liesIn(null), history(event));
  expect(await findMove(bruin.client)(move, recovering())).toBeUndefined();
});

test.each([
  ["the details", [{ status: 500 }]],
  ["the history", [liesIn("Intake"), { status: 500 }]],
])("while %s cannot be read, the question stays open", async (_, answers) => {
  const bruin = await scriptedBruin(...answers);
  expect(await findMove(bruin.client)(move, recovering())).toMatchObject({ status: 500 });
});
