import { expect, test } from "vitest";
import { changeWork } from "./change-work.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const move = { ticket_id: 7, service_number: "VC1", queue_name: "HNOC Investigate" };
const success = { body: { message: "success" } };
const results = {
  body: {
    currentTaskName: "Intake ",
    nextResults: [
      { resultTypeId: 620, resultName: "No Trouble Found - Carrier Issue" },
      { resultTypeId: 1601, resultName: "HNOC Investigate " },
      { resultTypeId: 1602, resultName: "HNOC Investigate" },
    ],
  },
};
const filters = "{'ServiceNumber': 'VC1'}";

test.each([
  [{ service_number: "VC1" }, "ServiceNumber=VC1", { serviceNumber: "VC1" }],
  [{ detail_id: 8, service_number: null }, "DetailId=8", { detailId: 8 }],
  [{ detail_id: 8, service_number: "VC1" }, "DetailId=8&ServiceNumber=VC1", { detailId: 8, serviceNumber: "VC1" }],
])("the result that leads to the queue is looked up and applied to %j", async (names, query, detail) => {
  const bruin = await scriptedBruin(results, success);
  const reply = await changeWork(bruin.client)({ ...move, ...names }, requestContext());
  expect(reply).toEqual({ status: 200, body: { message: "success" } });
  expect(bruin.calls).toMatchObject([
    { method: "GET", url: `/api/Ticket/7/nextresult?${query}` },
    {
      method: "PUT",
      url: "/api/Ticket/7/details/work",
      body: { details: [detail], notes: [], resultTypeId: 1601 },
    },
  ]);
});

test.each(["1547", 1547])("a requester may know the result: %j", async (work_queue_id) => {
  const bruin = await scriptedBruin(success);
  await changeWork(bruin.client)({ ...move, work_queue_id }, requestContext());
  expect(bruin.calls).toMatchObject([{ method: "PUT", body: { resultTypeId: work_queue_id } }]);
});

test.each([
  [{ currentTaskName: " HNOC Investigate " }, 400, "Ticket 7 is already in the queue HNOC Investigate"],
  [{ currentTaskName: null, nextResults: [] }, 404, `No work queues were found for ticket 7 and filters ${filters}`],
  [null, 404, `No work queues were found for ticket 7 and filters ${filters}`],
  [
    { nextResults: [{ resultTypeId: 1, resultName: null }] },
    404,
    `No work queue with name HNOC Investigate was found using ticket ID 7 and filters ${filters}`,
  ],
])("%j leads nowhere: %i", async (body, status, text) => {
  const bruin = await scriptedBruin({ body });
  expect(await changeWork(bruin.client)(move, requestContext())).toEqual({ status, body: text });
  expect(bruin.calls).toHaveLength(1);
});

test.each([
  [500, "Got internal error from Bruin"],
  [404, "Resource not found"],
  [400, "{'message': 'no'}"],
])("a lookup that fails with %i moves nothing", async (status, cause) => {
  const bruin = await scriptedBruin({ status, body: { message: "no" } });
  expect(await changeWork(bruin.client)(move, requestContext())).toEqual({
    status,
    body: `Error while claiming possible work queues for ticket 7 and filters ${filters}: ${cause}`,
  });
  expect(bruin.calls).toHaveLength(1);
});
