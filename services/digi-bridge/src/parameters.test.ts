import { expect, test } from "vitest";
import { asHeaders, asTimestamp } from "./parameters.ts";

test.each([
  [
    { velo_serial: "VC05200000701", ticket: "5200001", MAC: "00:04:2d:11:22:33:0000" },
    { VeloSerial: "VC05200000701", Ticket: "5200001", MAC: "00:04:2d:11:22:33:0000" },
  ],
  [
    { igzID: "42", start_date_time: "2022-05-31 10:00:00.000000-04:00", size: "999", offset: "0" },
    { IgzID: "42", StartDateTime: "2022-05-31 10:00:00.000000-04:00", Size: "999", Offset: "0" },
  ],
  [{ igzID: undefined, size: "1" }, { Size: "1" }],
])("%j travels as %j", (parameters, headers) => {
  expect(asHeaders(parameters)).toEqual(headers);
});

test("a moment is written in UTC, to the microsecond", () => {
  expect(asTimestamp(new Date("2022-06-01T12:08:26.005-04:00"))).toBe("2022-06-01 16:08:26.005000+00:00");
});
