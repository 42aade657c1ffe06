import { collectProblems } from "@trunkline/cache";
import {
  type CachedEdge,
  getCustomerInfo,
  getInventoryAttributes,
  getLinksWithEdgeInfo,
  getSite,
  getTicketContacts,
  requestEnterprisesEdges,
  requestLinksConfiguration,
} from "@trunkline/contracts";
import { expect, test } from "vitest";
import { hostBuilder } from "./build-host.ts";
import { naming } from "./naming.ts";
import type { CacheBus } from "./peers.ts";
import { cachedEdgeOf, HOST } from "./testing/cached-edge.ts";
import { asked, type Fleet, fleetOf } from "./testing/fleet.ts";

const rules = { statuses: ["Pending", "Active – Gold Monitoring"], notWhilePending: [] };
const blacklist = [{ host: HOST, enterprise_id: 12, edge_id: 66 }];
const away = () => ({ status: 504, body: null });

async function build(fleet: Fleet, previous: CachedEdge[] = [], signal = new AbortController().signal) {
  const request: CacheBus["request"] = async (contract, body) => {
    const { status, body: reply } = fleet.answer(contract.subject, body as Record<string, unknown>);
    if (status >= 300) return { ok: false, status, body: reply, withheld: false };
    return { ok: true, status, body: contract.reply.parse(reply) as never };
  };
  const problems = collectProblems(naming.nouns);
  const build = hostBuilder({ request }, { rules, blacklist, timezone: "US/Eastern", pausesMs: [1, 1] });
  const built = await build({ list: HOST, previous, problems, now: new Date("2026-07-01T12:00:00Z"), signal });
  return {
    entries: built?.entries,
    duplicates: built?.duplicates,
    problems,
    serials: built?.entries.map((entry) => entry.serial_number),
  };
}

test("an edge is crossed with its client, site, contacts and lines", async () => {
  const { entries, problems } = await build(fleetOf({ serial: "VC701" }));
  expect(entries).toEqual([
    {
      edge: { host: HOST, enterprise_id: 12, enterprise_name: "Acme Retail|90001|", edge_id: 701 },
      edge_name: "ACME-VC701",
      last_contact: "2026-01-05T10:00:12.000Z",
      logical_ids: [
        {
          interface_name: "GE1",
          logical_id: "00:04:2d:11:22:33:0000",
          access_type: "Wireless",
          service_number: "33.RBCB.000001",
        },
      ],
      serial_number: "VC701",
      ha_serial_number: null,
      bruin_client_info: { client_id: 90001, client_name: "Acme Retail", site_id: 777 },
      site_details: expect.objectContaining({ siteID: 777, siteLabel: "Store 7", timeZone: "Eastern", tzOffset: -4 }),
      ticket_contact_details: { firstName: "Ann", lastName: "Doe", email: "ann@acme.example", phone: "555-0100" },
      ticket_contact_additional_subscribers: [
        { firstName: "Bob", lastName: "Roe", email: "bob@acme.example", phone: null },
      ],
      links_configuration: [{ interfaces: ["GE1"], mode: "PUBLIC", type: "WIRED" }],
    },
  ]);
  expect(problems.lines()).toEqual([]);
});

test("sites and contacts are asked for once, however many edges share them", async () => {
  const edges = Array.from({ length: 20 }, (_, index) => ({ serial: `VC${index}`, site: 777 + (index % 2) }));
  const fleet = fleetOf(...edges);
  expect((await build(fleet)).entries).toHaveLength(20);
  expect(asked(fleet, getSite)).toBe(2);
  expect(asked(fleet, getTicketContacts)).toBe(1);
  expect(asked(fleet, requestEnterprisesEdges)).toBe(1);
});

test("a pair appears as both of its edges", async () => {
  expect((await build(fleetOf({ serial: "VC1", standby: "VC9" }, { serial: "VC2" }))).serials).toEqual([
    "VC1",
    "VC2",
    "VC9",
  ]);
});

test("edges that have vanished, are not to be monitored, blacklisted or unknown to Bruin leave the cache", async () => {
  const fleet = fleetOf(
    { serial: "VC1" },
    { serial: "VC2", managementStatus: "Disconnected" },
    { serial: "VC3", state: "NEVER_ACTIVATED" },
    { serial: "VC4" },
    { serial: "VC66" },
  );
  fleet.overrides.set(getCustomerInfo.subject, ({ service_number }) =>
    service_number === "VC4" ? { status: 200, body: [] } : undefined,
  );
  const previous = ["VC1", "VC2", "VC3", "VC4", "VC5", "VC66"].map((serial) => cachedEdgeOf(serial));
  const { serials, problems } = await build(fleet, previous);
  expect(serials).toEqual(["VC1"]);
  expect(problems.lines()).toEqual([]);
});

test.each([
  [getCustomerInfo.subject, 504],
  [getInventoryAttributes.subject, 500],
  [getSite.subject, 404],
])("an edge for which %s answers %i stays as it was, apart from what VeloCloud says", async (subject, status) => {
  const fleet = fleetOf({ serial: "VC1", site: 1 }, { serial: "VC2", site: 2 }, { serial: "VC3", site: 3 });
  fleet.overrides.set(subject, ({ service_number, site_id }) =>
    service_number === "VC1" || site_id === 1 || service_number === "VC3" || site_id === 3
      ? { status, body: "no" }
      : undefined,
  );
  const before = cachedEdgeOf("VC1", { last_contact: "2025-12-24T00:00:00.000Z", edge_name: "OLD" });
  const { entries, problems } = await build(fleet, [before]);
  expect(entries).toHaveLength(2);
  expect(entries?.[0]).toEqual({ ...before, last_contact: "2026-01-05T10:00:12.000Z", edge_name: "ACME-VC1" });
  expect(problems.lines()).toEqual([
    `${subject} answered ${status} for 2 edges (VC1, VC3)`,
    "1 edge (VC1) kept as before",
    "1 edge (VC3) not monitored until a refresh succeeds",
  ]);
  expect(problems.worthRetrying).toBe(status >= 500);
});

test("an edge that moved to another enterprise keeps nothing of what it was there", async () => {
  const fleet = fleetOf({ serial: "VC1", enterprise: 13 }, { serial: "VC2" });
  fleet.overrides.set(getCustomerInfo.subject, ({ service_number }) => (service_number === "VC1" ? away() : undefined));
  expect((await build(fleet, [cachedEdgeOf("VC1")])).serials).toEqual(["VC2"]);
});

test("links, contacts and configuration that cannot be had are taken from before", async () => {
  const fleet = fleetOf({ serial: "VC1" });
  for (const { subject } of [requestEnterprisesEdges, getTicketContacts, requestLinksConfiguration]) {
    fleet.overrides.set(subject, away);
  }
  const before = cachedEdgeOf("VC1", {
    logical_ids: [{ interface_name: "GE1", logical_id: "00:04", access_type: null, service_number: null }],
    links_configuration: [{ interfaces: ["GE1"], mode: "PRIVATE", type: "WIRELESS" }],
    ticket_contact_details: { firstName: "Eve", lastName: null, email: null, phone: null },
  });
  const { entries, problems } = await build(fleet, [before]);
  expect(entries).toMatchObject([
    {
      logical_ids: [{ logical_id: "00:04", access_type: "Wireless" }],
      links_configuration: before.links_configuration,
      ticket_contact_details: { firstName: "Eve" },
    },
  ]);
  expect(problems.worthRetrying).toBe(true);
});

test("no contacts and no configuration are no problem", async () => {
  const fleet = fleetOf({ serial: "VC1" });
  for (const { subject } of [getTicketContacts, requestLinksConfiguration]) {
    fleet.overrides.set(subject, () => ({ status: 404, body: "none" }));
  }
  const { entries, problems } = await build(fleet);
  expect(entries).toMatchObject([
    { ticket_contact_details: null, ticket_contact_additional_subscribers: null, links_configuration: [] },
  ]);
  expect(problems.lines()).toEqual([]);
});

test("of several inventory items the first counts, and all are handed on for a report", async () => {
  const fleet = fleetOf({ serial: "VC1" });
  const item = (client_id: number) => ({ client_id, client_name: null, site_id: 1 });
  fleet.overrides.set(getCustomerInfo.subject, () => ({ status: 200, body: [item(1), item(2)] }));
  const { entries, duplicates, problems } = await build(fleet);
  expect(entries?.[0]?.bruin_client_info.client_id).toBe(1);
  expect(duplicates).toEqual(new Map([["VC1", [item(1), item(2)]]]));
  expect(problems.lines()).toEqual([]);
});

test("a bridge that is just starting is asked again", async () => {
  const fleet = fleetOf({ serial: "VC1" });
  let calls = 0;
  fleet.overrides.set(getLinksWithEdgeInfo.subject, () => {
    calls += 1;
    return calls < 3 ? { status: 503, body: null } : undefined;
  });
  expect((await build(fleet)).serials).toEqual(["VC1"]);
});

const noneCameThrough =
  "Cache for host vco1.example.net was empty after cross referencing with Bruin. " +
  "Check if Bruin is returning errors when asking for management statuses of the host";

test.each([
  [
    "an Orchestrator that does not answer",
    (fleet: Fleet) => fleet.overrides.set(getLinksWithEdgeInfo.subject, away),
    "get.links.with.edge.info answered 504",
  ],
  [
    "an Orchestrator without edges",
    (fleet: Fleet) => fleet.edges.splice(0),
    "VeloCloud lists no edges for host vco1.example.net",
  ],
  [
    "edges of which none comes through",
    (fleet: Fleet) => fleet.overrides.set(getCustomerInfo.subject, away),
    noneCameThrough,
  ],
])("%s leaves nothing to store, and a reason", async (_, spoil, reason) => {
  const fleet = fleetOf({ serial: "VC1" });
  spoil(fleet);
  const { entries, problems } = await build(fleet);
  expect(entries).toBeUndefined();
  expect(problems.lines()).toContain(reason);
});

test("Bruin is not asked thousands of questions while it is away", async () => {
  const fleet = fleetOf(...Array.from({ length: 300 }, (_, index) => ({ serial: `VC${index}` })));
  fleet.overrides.set(getCustomerInfo.subject, away);
  await build(fleet);
  expect(asked(fleet, getCustomerInfo)).toBeLessThan(40);
});

test("a build that has to stop stops", async () => {
  const fleet = fleetOf({ serial: "VC1" }, { serial: "VC2" });
  const stop = new AbortController();
  fleet.overrides.set(getSite.subject, () => {
    stop.abort(new Error("the lease was lost"));
    return undefined;
  });
  await expect(build(fleet, [], stop.signal)).rejects.toThrow("the lease was lost");
});
