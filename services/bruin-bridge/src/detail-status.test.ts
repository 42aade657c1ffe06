import { expect, test } from "vitest";
import { findOpened, findResolved, openDetail, resolveDetail } from "./detail-status.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const detail = { ticket_id: 7, detail_id: 8 };
const recovering = () => ({ ...requestContext(), firstAttemptAt: new Date() });
const statusIs = (detailStatus: string | null) => ({
  body: {
    ticketDetails: [
      { detailID: 9, detailStatus: "R" },
      { detailID: 8, detailStatus },
    ],
  },
});

test("opening and resolving set the status", async () => {
  const bruin = await scriptedBruin({ body: "Success" });
  expect(await openDetail(bruin.client)(detail, requestContext())).toEqual({ status: 200, body: "Success" });
  await resolveDetail(bruin.client)({ ...detail, interfaces: [] }, requestContext());
  await resolveDetail(bruin.client)({ ...detail, interfaces: ["GE1"] }, requestContext());
  expect(bruin.calls.map(({ method, url, body }) => ({ method, url, body }))).toEqual(
    [{ Status: "O" }, { Status: "R" }, { Status: "R", Interfaces: ["GE1"] }].map((body) => ({
      method: "PUT",
      url: "/api/Ticket/7/details/8/status",
      body,
    })),
  );
});

test.each([
  ["I", findOpened, true],
  ["R", findOpened, false],
  ["R", findResolved, true],
  ["I", findResolved, false],
  [null, findOpened, false],
  [null, findResolved, false],
])("a detail that is %j answers %o: %j", async (status, find, done) => {
  const bruin = await scriptedBruin(statusIs(status));
  const reply = await find(bruin.client)(detail, recovering());
  expect(reply).toEqual(done ? { status: 200, body: "Success" } : undefined);
});

test("a detail that is not there is for Bruin to complain of", async () => {
  const bruin = await scriptedBruin({ body: { ticketDetails: [] } });
  expect(await findOpened(bruin.client)(detail, recovering())).toBeUndefined();
});
