import { expect, test } from "vitest";
import { getDigiRecoveryLogs, rebootDigi } from "./digi.ts";

test("a ticket may be a number, which becomes its digits", () => {
  const body = { velo_serial: "VC05200000701", ticket: 5200001, MAC: "00:04:2d:11:22:33:0000" };
  expect(rebootDigi.body.parse(body)).toEqual({ ...body, ticket: "5200001" });
});

test.each([
  {},
  { velo_serial: "VC1", ticket: "1" },
  { velo_serial: "VC1", ticket: "1", MAC: "" },
  { velo_serial: "VC1\r\nHost: example.net", ticket: "1", MAC: "00:04" },
  { velo_serial: "VÇ1", ticket: "1", MAC: "00:04" },
  { velo_serial: "VC1", ticket: { id: 1 }, MAC: "00:04" },
])("%j is no request for a reboot", (body) => {
  expect(rebootDigi.body.safeParse(body).success).toBe(false);
});

test("every key of a request for logs may be missing", () => {
  expect(getDigiRecoveryLogs.body.parse({ size: 999 })).toEqual({ size: "999" });
  expect(getDigiRecoveryLogs.body.parse({ igzID: "42", offset: "0" })).toEqual({ igzID: "42", offset: "0" });
});

test("logs keep keys that are not known, and what DiGi leaves out is null", () => {
  const { Logs } = getDigiRecoveryLogs.reply.parse({ Logs: [{ Id: 142, Notes: "called", Success: "yes" }], Count: 1 });
  expect(Logs[0]).toMatchObject({ Id: 142, Notes: "called", Success: null, TimestampEND: null });
});
