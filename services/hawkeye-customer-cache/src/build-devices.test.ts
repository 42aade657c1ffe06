import { collectProblems } from "@trunkline/cache";
import { type CachedProbe, getCustomerInfo, getManagementStatus, requestProbes } from "@trunkline/contracts";
import { expect, test } from "vitest";
import { deviceBuilder } from "./build-devices.ts";
import { naming } from "./naming.ts";
import type { CacheBus } from "./peers.ts";
import { cachedProbeOf, type Device, type Site, siteOf } from "./testing/devices.ts";

const statuses = ["Pending", "Active – Gold Monitoring"];
const away = () => ({ status: 504, body: null });

async function build(site: Site, previous: CachedProbe[] = [], signal = new AbortController().signal) {
  const request: CacheBus["request"] = async (contract, body) => {
    const { status, body: reply } = site.answer(contract.subject, body as Record<string, unknown>);
    if (status >= 300) return { ok: false, status, body: reply, withheld: false };
    return { ok: true, status, body: contract.reply.parse(reply) as never };
  };
  const problems = collectProblems(naming.nouns);
  const builder = deviceBuilder({ request }, { statuses, pausesMs: [1, 1] });
  const now = new Date("2026-01-05T10:00:00Z");
  const built = await builder({ list: "hawkeye", previous, problems, now, signal });
  return { ...built, problems, serials: built?.entries.map((entry) => entry.serial_number) };
}

test("a device is crossed with its client", async () => {
  const { entries, problems } = await build(siteOf({ serial: "P31" }));
  expect(entries).toEqual([
    {
      probe_id: "31",
      probe_uid: "b8:27:eb:00:00:31",
      probe_group: "ACME",
      device_type_name: "xr_pi",
      last_contact: "2026-01-05T09:40:00Z",
      serial_number: "P31",
      bruin_client_info: { client_id: 90001, client_name: "Acme Retail", site_id: 777 },
    },
  ]);
  expect(problems.lines()).toEqual([]);
});

test.each<[string, Device]>([
  ["has never reported", { serial: "P2", nodetonode: "never", realservice: "never" }],
  ["has no serial", { serial: "" }],
  ["Bruin wants unmonitored", { serial: "P2", status: "Disconnected" }],
  ["Bruin has no status for", { serial: "P2", status: null }],
])("a device that %s is not cached, whatever was before", async (_, device) => {
  const { serials, problems } = await build(siteOf({ serial: "P1" }, device), [cachedProbeOf("P2")]);
  expect(serials).toEqual(["P1"]);
  expect(problems.lines()).toEqual([]);
});

test("devices that have vanished or are unknown to Bruin leave the cache", async () => {
  const site = siteOf({ serial: "P1" }, { serial: "P2" });
  site.overrides.set(getCustomerInfo.subject, ({ service_number }) =>
    service_number === "P2" ? { status: 200, body: [] } : undefined,
  );
  expect((await build(site, [cachedProbeOf("P2"), cachedProbeOf("P3")])).serials).toEqual(["P1"]);
});

test.each([
  [getCustomerInfo.subject, 504],
  [getManagementStatus.subject, 404],
])("a device for which %s answers %i stays whose it was", async (subject, status) => {
  const site = siteOf({ serial: "P1", nodetonode: "2026-01-05T09:59:00Z" }, { serial: "P2" }, { serial: "P3" });
  site.overrides.set(subject, ({ service_number }) => (service_number === "P3" ? undefined : { status, body: "no" }));
  const client = { client_id: 90002, client_name: "Northwind", site_id: 1 };
  const { entries, problems } = await build(site, [cachedProbeOf("P1", { bruin_client_info: client })]);
  expect(entries).toMatchObject([
    { serial_number: "P1", bruin_client_info: client, last_contact: "2026-01-05T09:59:00Z" },
    { serial_number: "P3" },
  ]);
  expect(problems.lines()).toEqual([
    `${subject} answered ${status} for 2 Ixia devices (P1, P2)`,
    "1 Ixia device (P1) kept as before",
    "1 Ixia device (P2) not monitored until a refresh succeeds",
  ]);
  expect(problems.worthRetrying).toBe(status >= 500);
});

test("of several inventory items the first counts, and all are handed on for a report", async () => {
  const item = (client_id: number) => ({ client_id, client_name: null, site_id: 1 });
  const site = siteOf({ serial: "P1" });
  site.overrides.set(getCustomerInfo.subject, () => ({ status: 200, body: [item(1), item(2)] }));
  const { entries, duplicates } = await build(site);
  expect(entries?.[0]?.bruin_client_info.client_id).toBe(1);
  expect(duplicates).toEqual(new Map([["P1", [item(1), item(2)]]]));
});

test("a bridge that is just starting is asked again", async () => {
  const site = siteOf({ serial: "P1" });
  let calls = 0;
  site.overrides.set(requestProbes.subject, () => {
    calls += 1;
    return calls < 3 ? { status: 503, body: null } : undefined;
  });
  expect((await build(site)).serials).toEqual(["P1"]);
});

test.each([
  [
    "Hawkeye does not answer",
    (site: Site) => site.overrides.set(requestProbes.subject, away),
    "hawkeye.probe.request answered 504",
  ],
  ["Hawkeye has no devices", (site: Site) => site.devices.splice(0), "of 0 devices at Hawkeye none came through"],
  [
    "Bruin does not answer",
    (site: Site) => site.overrides.set(getCustomerInfo.subject, away),
    "of 1 devices at Hawkeye none came through",
  ],
])("while %s there is nothing to store, and a reason", async (_, spoil, reason) => {
  const site = siteOf({ serial: "P1" });
  spoil(site);
  const { entries, problems } = await build(site);
  expect(entries).toBeUndefined();
  expect(problems.lines()).toContain(reason);
});

test("a build that has to stop stops", async () => {
  const stop = new AbortController();
  const site = siteOf({ serial: "P1" });
  site.overrides.set(getManagementStatus.subject, () => {
    stop.abort(new Error("the lease was lost"));
    return undefined;
  });
  await expect(build(site, [], stop.signal)).rejects.toThrow("the lease was lost");
});
