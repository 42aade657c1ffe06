import { expect, it } from "vitest";
import { alertsOf } from "./alerts-of.ts";
import { thirdPartyCalls } from "./third-party-calls.ts";

const nothing = { serves: [], consumes: [], schedules: [], jobs: [], redis: [], config: {} };

it("says what a bridge asks its third party for, without ids, sign-ins and attempts that fail", () => {
  const calls = thirdPartyCalls("bruin-bridge");

  expect([...(calls.get("bruin.change.ticket.severity") ?? [])]).toEqual(["PUT /api/Ticket/{id}/severity"]);
  expect([...calls.values()].flatMap((of) => [...of]).filter((call) => /token|%|\/\d/.test(call))).toEqual([]);
  expect(thirdPartyCalls("alerts").size).toBe(0);
  expect([...(thirdPartyCalls("t7-bridge").values().next().value ?? [])]).toEqual([
    "/entrypoint.Entrypoint/Prediction",
  ]);
});

it("finds the alerts that may fire about a service by what it has", () => {
  expect(alertsOf("plain", nothing)).toEqual([]);
  expect(alertsOf("plain", { ...nothing, jobs: ["a"] })).toEqual(["JobsBeginLate", "JobsAreGivenUp"]);
  expect(alertsOf("plain", { ...nothing, schedules: ["a"] })).toContain("ScheduleKeepsFailing");
  // Its rule leaves these out.
  expect(alertsOf("service-outage-monitor", { ...nothing, schedules: ["a"] })).not.toContain("ScheduleKeepsFailing");
});
