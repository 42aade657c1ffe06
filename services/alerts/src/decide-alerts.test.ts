import { expect, it } from "vitest";
import { alertsOf, type Signs } from "./decide-alerts.ts";

const now = new Date("2026-03-01T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const limits = {
  serviceSilence: 120_000,
  withoutRun: new Map([["service-outage-monitor", 3_600_000]]),
  quietAfterDeadLetters: 3_600_000,
};
const well: Signs = { now, alive: new Map(), succeeded: new Map(), deadLetters: new Map() };
const pass = "service-outage-monitor:outage-pass:vco1.example.net";

it.each<[string, Partial<Signs>, string[]]>([
  ["nothing is known", {}, []],
  ["a service was ready lately", { alive: new Map([["bruin-bridge", ago(120)]]) }, []],
  ["a service has not been ready for long", { alive: new Map([["bruin-bridge", ago(121)]]) }, ["service bruin-bridge"]],
  ["a service was taken out of service", { alive: new Map([["bruin-bridge", ago(90_000)]]) }, []],
  ["a pass finished lately", { succeeded: new Map([[pass, ago(3600)]]) }, []],
  ["no pass has finished for long", { succeeded: new Map([[pass, ago(3601)]]) }, [`schedule ${pass}`]],
  ["nobody waits for a schedule", { succeeded: new Map([["customer-cache:refresh:all", ago(9999)]]) }, []],
  ["a host is not watched any more", { succeeded: new Map([[pass, ago(90_000)]]) }, []],
  ["dead letters are old", { deadLetters: new Map([["a.b", { count: 3, grewAt: ago(3601) }]]) }, []],
  ["dead letters were there before", { deadLetters: new Map([["a.b", { count: 3, grewAt: null }]]) }, []],
  [
    "there are new dead letters",
    { deadLetters: new Map([["a.b", { count: 3, grewAt: ago(10) }]]) },
    ["dead letters a.b"],
  ],
])("when %s: %j → %j", (_, signs, ids) => {
  expect(alertsOf({ ...well, ...signs }, limits).map(({ id }) => id)).toEqual(ids);
});

it("whoever is woken reads what, since when and where to look", () => {
  const [down, missing, dead] = alertsOf(
    {
      now,
      alive: new Map([["bruin-bridge", ago(300)]]),
      succeeded: new Map([[pass, ago(4000)]]),
      deadLetters: new Map([["notification.slack.request", { count: 2, grewAt: ago(10) }]]),
    },
    limits,
  );
  expect(down?.text).toContain("*bruin-bridge is down*: no replica has been ready since 2026-03-01 11:55:00 UTC.");
  expect(missing?.text).toContain(
    "*No outage-pass of vco1.example.net has finished* in service-outage-monitor since 2026-03-01 10:53:20 UTC.",
  );
  expect(dead?.text).toContain("2 dead letters by now");
  expect(dead?.text).toContain("trunkline.dead.notification.slack.request");
});
