import { expect, it } from "vitest";
import { formatted } from "./unit.ts";

/** What Grafana shows of these values. */
it.for<[number, string, number | undefined, string]>([
  [0, "locale", 0, "0"],
  [12_345, "locale", 0, "12,345"],
  [8.11, "locale", 0, "8"],
  [1_442, "short", undefined, "1.44 K"],
  [0.25, "none", undefined, "0.250"],
  [3_145_728, "bytes", undefined, "3 MiB"],
  [450_000, "Bps", undefined, "450 kB/s"],
  [2.5, "reqps", undefined, "2.50 req/s"],
  [12_500, "mps", undefined, "12.5K msg/s"],
  [0.997, "percentunit", undefined, "99.7%"],
  [1, "percent", undefined, "1%"],
  [0, "s", undefined, "0 s"],
  [0.025, "s", undefined, "25 ms"],
  [3.2, "s", undefined, "3.20 s"],
  [90, "s", undefined, "1.50 min"],
  [7_200, "s", undefined, "2 hours"],
  [152.4, "dtdhms", undefined, "00:02:32"],
  [266_400, "dtdhms", undefined, "3 d 02:00:00"],
])("%d in %s with %o decimals is %s", ([value, unit, decimals, text]) => {
  expect(formatted(value, unit, decimals)).toBe(text);
});

it("a unit that nobody has taught it is refused", () => {
  expect(() => formatted(1, "velocityknot")).toThrow('the unit "velocityknot" cannot be drawn yet');
});
