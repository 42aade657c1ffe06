import { type AcmeState, DOWN, HOST } from "@trunkline/testkit";
import { expect, it } from "vitest";
import { acme } from "../testing/acme.ts";
import { judge } from "./decide-pass.ts";

const standby = acme({ ha: "READY" });
const businessGrade = { hosts: [HOST], labels: ["DIA", "MPLS"] };

it.each<[string, AcmeState, string]>([
  ["A1: all is well", {}, "healthy"],
  ["A2: the edge is offline", { edge: "OFFLINE" }, "quarantine Hard Down (no HA)"],
  ["a link is down", { GE1: DOWN }, "quarantine Link Down (no HA)"],
  [
    "A26: a link of business grade is down",
    { GE1: { ...DOWN, displayName: "Acme DIA 50" } },
    "document Link Down (no HA)",
  ],
  [
    "another link than the one of business grade is down",
    { GE1: { displayName: "Acme DIA 50" }, GE2: DOWN },
    "quarantine Link Down (no HA)",
  ],
  [
    "the grade is written in another case",
    { GE1: { ...DOWN, displayName: "Claudia" } },
    "quarantine Link Down (no HA)",
  ],
  ["a link without a label is down", { GE1: { ...DOWN, displayName: null } }, "quarantine Link Down (no HA)"],
  [
    "A27: so is the edge of a link of business grade",
    { edge: "OFFLINE", GE1: { ...DOWN, displayName: "Acme DIA 50" } },
    "quarantine Hard Down (no HA)",
  ],
  ["A32: a link of a pair is down", { ha: "READY", GE1: DOWN }, "quarantine Link Down (HA)"],
  ["a link of a pair is down, and so is the standby", { ha: "FAILED", GE1: DOWN }, "quarantine Link Down (HA)"],
  ["A33: both edges of a pair are offline", { ha: "FAILED", edge: "OFFLINE" }, "quarantine Hard Down (HA)"],
  [
    "A34: a pair is not set up completely",
    { ha: "PENDING_CONFIRMATION", edge: "OFFLINE" },
    "quarantine Hard Down (no HA)",
  ],
])("%s → %s", (_, state, verdict) => {
  const judged = judge(acme(state), { businessGrade });
  expect(`${judged.kind} ${"outageType" in judged ? judged.outageType : ""}`.trim()).toBe(verdict);
});

it("leaves the standby of a pair in a link outage to its primary", () => {
  const edge = {
    ...standby,
    status: {
      ...acme({ ha: "READY", GE1: DOWN }).status,
      partner: { serial: "VC200", state: "CONNECTED", role: "standby" },
    },
  } as const;
  expect(judge(edge, { businessGrade })).toEqual({ kind: "leave" });
});

it("skips the quarantine only on the hosts that are named", () => {
  const edge = acme({ GE1: { ...DOWN, displayName: "Acme DIA 50" } });
  expect(judge(edge, { businessGrade: { ...businessGrade, hosts: ["vco1.example.net"] } }).kind).toBe("quarantine");
});
