import { it } from "vitest";
import { countOf, orNone } from "./promql.ts";
import { hasPromtool, NO_PROMTOOL, testExpression } from "./testing/promtool.ts";

const metric = "tasks_created_total";
const of = (client: string) => `${metric}{client="${client}"}`;

it.for<[string, Record<string, string>, number]>([
  ["nothing was ever counted", {}, 0],
  ["nothing was counted in the window", { [of("Acme")]: "5x120" }, 0],
  ["the first event of a series is its only one", { [of("Acme")]: "_x90 1x30" }, 1],
  ["two series begin, one of them goes on", { [of("Acme")]: "_x90 1x30", [of("Northwind")]: "_x80 2x10 3x30" }, 4],
  ["the process was restarted and counts from the beginning", { [of("Acme")]: "7x80 _x5 1x40" }, 1],
  ["the process was restarted between two events of a new series", { [of("Acme")]: "_x70 2x10 _x5 1x40" }, 2],
])("when %s, what is counted in an hour is right", async ([, series, value], { skip }) => {
  skip(!hasPromtool, NO_PROMTOOL);
  const expr = `round(${countOf(metric, "1h")})`;
  await testExpression({ series, expr, at: "2h", gives: [{ labels: "{}", value }] });
});

it("groups are told apart", async ({ skip }) => {
  skip(!hasPromtool, NO_PROMTOOL);
  await testExpression({
    series: { [of("Acme")]: "_x90 1x30", [of("Northwind")]: "_x90 2x30" },
    expr: countOf(metric, "1h", { by: ["client"] }),
    at: "2h",
    gives: [
      { labels: '{client="Acme"}', value: 1 },
      { labels: '{client="Northwind"}', value: 2 },
    ],
  });
});

it.for<[string, Record<string, string>, { labels: string; value: number }[]]>([
  ["nothing happened: a 0 of its own", {}, [{ labels: '{client="none"}', value: 0 }]],
  ["something happened: that alone", { [of("Acme")]: "_x90 1x30" }, [{ labels: '{client="Acme"}', value: 1 }]],
])("%s is shown", async ([, series, gives], { skip }) => {
  skip(!hasPromtool, NO_PROMTOOL);
  await testExpression({ series, expr: orNone(countOf(metric, "1h", { by: ["client"] }), "client"), at: "2h", gives });
});
