import { expect, test } from "vitest";
import { parseTicketDate } from "./ticket-date.ts";

test.each([
  ["1/21/2022 4:02:30 PM", "2022-01-21T16:02:30.000Z"],
  ["9/25/2020 6:31:54 AM", "2020-09-25T06:31:54.000Z"],
  ["12/31/2022 12:00:00 AM", "2022-12-31T00:00:00.000Z"],
  ["12/31/2022 12:00:00 PM", "2022-12-31T12:00:00.000Z"],
])("%s is %s", (text, moment) => {
  expect(parseTicketDate(text)?.toISOString()).toBe(moment);
});

test.each([null, "", "2022-01-21T16:02:30Z", "13/1/2022 4:02:30 PM", "2/30/2022 4:02:30 PM", "1/21/2022 16:02:30 PM"])(
  "%j is no date of a ticket",
  (text) => {
    expect(parseTicketDate(text)).toBeUndefined();
  },
);
