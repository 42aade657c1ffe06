import { type Answer, ThirdPartyError } from "@trunkline/http";
import { expect, test } from "vitest";
import { findRecovery } from "./find-recovery.ts";
import { context, scriptedDigi } from "./testing/scripted-digi.ts";

const order = { velo_serial: "VC05200000701", ticket: "5200001", MAC: "00:04:2d:11:22:33:0000" };
const firstAttemptAt = new Date("2022-06-01T16:08:26Z");
const start = {
  igzID: "42",
  Method: "API Start",
  VeloSerial: "VC05200000701",
  TicketID: "5200001",
  TimestampSTART: "2022-06-01T16:08:26Z",
  Success: true,
};

async function look(...results: (Partial<Answer> | Error)[]) {
  const { digi, asked } = scriptedDigi(...results);
  return { reply: await findRecovery(digi)(order, { ...context, firstAttemptAt }), asked };
}
const page = (...Logs: object[]) => ({ body: { Logs, Count: Logs.length } });

test("an order that DiGi logged is answered as it was then", async () => {
  const { reply, asked } = await look(page({ ...start, Method: "Ping" }, start));
  expect(reply).toEqual({
    status: 200,
    body: [
      {
        Message: "DiGi Device Recovery started, check Bruin ticket 5200001 later for details.. Process ID = 42",
        VeloSerial: "VC05200000701",
        Ticket: "5200001",
      },
    ],
  });
  expect(asked).toEqual([{ start_date_time: "2022-06-01 16:06:26.000000+00:00", size: "999", offset: "0" }]);
});

test.each([
  { TicketID: 5200001 },
  { TimestampSTART: null },
  { Success: null },
  { TimestampSTART: "2022-06-01T16:06:30Z" },
])("%j is the order, too", async (change) => {
  expect((await look(page({ ...start, ...change }))).reply).toMatchObject({ status: 200 });
});

test.each([
  { Method: "SSH" },
  { VeloSerial: "VC05200000702" },
  { TicketID: "5200002" },
  { Success: false },
  { TimestampSTART: "2022-06-01T15:00:00Z" },
])("%j is not the order, which is given then", async (change) => {
  expect((await look(page({ ...start, ...change }))).reply).toBeUndefined();
});

test("the log is read to its end", async () => {
  const full = page(...Array.from({ length: 999 }, () => ({ ...start, Method: "Ping" })));
  const { reply, asked } = await look(full, page(start));
  expect(reply).toMatchObject({ status: 200 });
  expect(asked).toMatchObject([{ offset: "0" }, { offset: "999" }]);
});

test.each([
  [{ status: 503 }, 500],
  [{ body: { Error: { Code: "40002" } } }, 500],
  [{ body: { Count: 0 } }, 500],
  [new ThirdPartyError("timeout", { system: "digi", host: "digi.example.net" }), 504],
] satisfies [Partial<Answer> | Error, number][])(
  "while %j keeps the log from being read, nothing is ordered",
  async (result, status) => {
    expect((await look(result)).reply).toMatchObject({ status });
  },
);
