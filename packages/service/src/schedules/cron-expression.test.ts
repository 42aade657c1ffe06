import { describe, expect, test } from "vitest";
import { cronOf } from "./cron-expression.ts";

describe("intervals", () => {
  test.each([
    [1, "*/1 * * * * *"],
    [30, "*/30 * * * * *"],
    [60, "0 */1 * * * *"],
    [600, "0 */10 * * * *"],
    [1800, "0 */30 * * * *"],
    [3600, "0 0 */1 * * *"],
    [14_400, "0 0 */4 * * *"],
    [86_400, "0 0 0 * * *"],
  ])("every %i s", (seconds, expression) => {
    expect(cronOf("sweep", seconds)).toEqual({ expression, timezone: "UTC", intervalMs: seconds * 1000 });
  });

  test.each([
    [0, "the nearest that can: 1"],
    [7, "the nearest that can: 6 or 10"],
    [45, "the nearest that can: 30 or 60"],
    [90, "the nearest that can: 60 or 120"],
    [1.5, "the nearest that can: 1 or 2"],
    [82_800, "the nearest that can: 43200 or 86400"],
    [100_000, "the nearest that can: 86400"],
  ])("every %d s is refused with its neighbours", (seconds, complaint) => {
    expect(() => cronOf("sweep", seconds)).toThrow(complaint);
  });
});

describe("cron expressions", () => {
  test.each(["0 3 * * 0", "*/5 * * * * *", "0 0 1 * *"])("%s", (expression) => {
    expect(cronOf("report", expression)).toEqual({ expression, timezone: undefined, intervalMs: undefined });
  });

  test.each(["", "every day", "61 * * * *", "* * * * * * *"])("%j is refused", (expression) => {
    expect(() => cronOf("report", expression)).toThrow("is no cron expression");
  });
});
