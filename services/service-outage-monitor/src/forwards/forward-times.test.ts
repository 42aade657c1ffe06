import { type AcmeState, DOWN, HOST } from "@trunkline/testkit";
import { describe, expect, it } from "vitest";
import { settings } from "../testing/acme.ts";
import { outageIn } from "../testing/outage.ts";
import { forwardTimes } from "./forward-times.ts";

/** Minutes from now to each forward, of an outage at a site five hours behind UTC. */
function minutes(
  siteTime: string,
  {
    state = { GE1: DOWN },
    type = "Link Down (no HA)" as const,
    tzOffset = -5 as number | null,
    grade = [] as string[],
    hours = [8, 0],
  } = {} as {
    state?: AcmeState;
    type?: "Link Down (no HA)" | "Hard Down (no HA)";
    tzOffset?: number | null;
    grade?: string[];
    hours?: number[];
  },
) {
  const now = new Date(`2022-06-03T${siteTime}-05:00`);
  const outage = outageIn(state, type);
  const cached = { ...outage.cached, site_details: tzOffset === null ? null : { tzOffset } };
  const [startHour = 0, endHour = 0] = hours;
  const plain = settings();
  const times = forwardTimes({ ...outage, cached }, now, {
    businessGrade: { ...plain.businessGrade, hosts: grade },
    autoResolve: { ...plain.autoResolve, dayHours: { startHour, endHour } },
  });
  const until = (moment: Date) => (moment.getTime() - now.getTime()) / 60_000;
  return [until(times.hnoc), until(times.worker)];
}

const edgeDown = { state: { edge: "OFFLINE" }, type: "Hard Down (no HA)" as const };
const dia = { state: { GE1: { ...DOWN, displayName: "Acme DIA 50" } }, grade: [HOST] };

describe("minutes until HNOC and the workers get", () => {
  it.each<[string, Parameters<typeof minutes>, number[]]>([
    ["A4: a link by day", ["10:00:00"], [90, 90]],
    ["A5: a link by night", ["02:30:00"], [180, 330]],
    ["a link in the last minute of the night, floored", ["07:59:30"], [180, 0]],
    ["a link in the first minute of the day", ["08:00:00"], [90, 90]],
    ["a link just before midnight", ["23:59:00"], [90, 90]],
    ["a link just after midnight, floored to whole minutes", ["00:00:30"], [180, 479]],
    ["an edge by day", ["10:00:00", edgeDown], [1, 1]],
    ["an edge by night", ["02:30:00", edgeDown], [1, 330]],
    ["a link of business grade by day", ["10:00:00", dia], [1, 1]],
    ["a link of business grade by night", ["02:30:00", dia], [1, 330]],
    ["a link of business grade on another host", ["10:00:00", { ...dia, grade: [] }], [90, 90]],
    [
      "a link of which only the label of a healthy one has the grade",
      ["10:00:00", { state: { GE1: { displayName: "DIA" }, GE2: DOWN }, grade: [HOST] }],
      [90, 90],
    ],
    ["a link at a site without known hours", ["02:30:00", { tzOffset: null }], [90, 90]],
    ["a link before a day of 10 to 2", ["03:00:00", { hours: [10, 2] }], [180, 420]],
    ["a link in the small hours of a day of 10 to 2", ["01:30:00", { hours: [10, 2] }], [90, 90]],
    ["a link at a site at half past", ["10:00:00", { tzOffset: 5.5 }], [90, 90]],
    ["a link in the evening after a day of 8 to 18", ["20:00:00", { hours: [8, 18] }], [180, 720]],
  ])("%s", (_, args, expected) => {
    expect(minutes(...args)).toEqual(expected);
  });
});
