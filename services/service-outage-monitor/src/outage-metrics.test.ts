import { DOWN } from "@trunkline/testkit";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { outageFacts } from "./outage.ts";
import { labelsOf, type OutageFacts, outageMetrics } from "./outage-metrics.ts";
import { settings } from "./testing/acme.ts";
import { outageIn } from "./testing/outage.ts";

const fleet = { umbrellas: ["Fabrikam"], relevantClients: ["Acme Foods"] };
const facts: OutageFacts = {
  host: "vco2.example.net",
  clientName: "Acme Foods",
  outageType: "Link Down (no HA)",
  severity: 3,
  hasDigi: false,
  hasByob: true,
  linkTypes: ["WIRED"],
};

it("counts under the names and labels of the existing fleet", async () => {
  const registry = new Registry();
  const metrics = outageMetrics(registry, fleet);
  metrics.created(facts);
  metrics.reopened(facts);
  metrics.autoResolved(facts);
  const labels =
    '{feature="Service Outage Monitor",system="VeloCloud",topic="VOO",host="vco2.example.net",client="Acme Foods",outage_type="Link Down (no HA)",severity="3",has_digi="False",has_byob="True",link_types="Wired"}';
  const text = await registry.metrics();
  for (const name of ["tasks_created_total", "tasks_reopened_total", "tasks_autoresolved_total"]) {
    expect(text).toContain(`${name}${labels} 1\n`);
  }
});

describe("labels", () => {
  it.each([
    [{ clientName: "Acme Foods" }, { client: "Acme Foods" }],
    [{ clientName: "Fabrikam West" }, { client: "Fabrikam" }],
    [{ clientName: "Northwind" }, { client: "Other" }],
    [{ linkTypes: null }, { link_types: "Unknown" }],
    [{ linkTypes: [] }, { link_types: "None" }],
    [{ linkTypes: ["WIRED", "WIRED"] }, { link_types: "Wired" }],
    [{ linkTypes: ["WIRELESS", null] }, { link_types: "Wireless" }],
    [{ linkTypes: ["WIRED", "WIRELESS"] }, { link_types: "Both" }],
    [{ linkTypes: [null] }, { link_types: "Unknown" }],
    [
      { hasDigi: true, hasByob: null },
      { has_digi: "True", has_byob: "Unknown" },
    ],
    [
      { outageType: null, severity: null },
      { outage_type: "Unknown", severity: "Unknown" },
    ],
  ])("of %j hold %j", (changed, expected) => {
    expect(labelsOf({ ...facts, ...changed }, fleet)).toMatchObject(expected);
  });
});

describe("facts of an outage", () => {
  it.each([
    [outageIn({ GE1: DOWN }), { severity: 3, hasDigi: false, hasByob: false, linkTypes: ["WIRED"] }],
    [outageIn({ GE2: DOWN }), { severity: 3, hasDigi: true, hasByob: false, linkTypes: ["WIRELESS"] }],
    [outageIn({ GE1: { ...DOWN, displayName: "BYOB - cable" } }), { hasByob: true }],
    [outageIn({ GE1: { ...DOWN, interface: "GE9" } }), { hasDigi: false, linkTypes: [null] }],
    [outageIn({ edge: "OFFLINE" }, "Hard Down (no HA)"), { severity: 2, linkTypes: [] }],
  ])("%#", (outage, expected) => {
    expect(outageFacts(outage, settings())).toMatchObject({
      host: "vco2.example.net",
      clientName: "Acme Foods",
      ...expected,
    });
  });
});
