import { getCustomerCache, getHawkeyeCustomerCache, slackNotification } from "@trunkline/contracts";
import { startSandbox } from "@trunkline/sandbox";
import { type ServiceDefinition, startService } from "@trunkline/service";
import { capture, eventually, startTestBrokers } from "@trunkline/testkit";
import { expect, it } from "vitest";
import { service as bruinBridge } from "../services/bruin-bridge/src/service.ts";
import { service as customerCache } from "../services/customer-cache/src/service.ts";
import { service as hawkeyeBridge } from "../services/hawkeye-bridge/src/service.ts";
import { service as hawkeyeCache } from "../services/hawkeye-customer-cache/src/service.ts";
import { service as velocloudBridge } from "../services/velocloud-bridge/src/service.ts";

const HOSTS = ["vco1.example.net", "vco2.example.net"];
const REFRESH_DATES = ["test-next_refresh_date", "test-hawkeye:next_refresh_date"];
const patience = { timeout: 60_000 };

/** Both caches and the bridges that they ask, before the sandbox. */
async function startCaches() {
  const releases = new AsyncDisposableStack();
  const brokers = releases.use(await startTestBrokers());
  const sandbox = await startSandbox();
  releases.defer(() => sandbox.stop());
  const slack = await capture(brokers.bus, slackNotification);
  const definitions: ServiceDefinition[] = [bruinBridge, velocloudBridge, hawkeyeBridge, customerCache, hawkeyeCache];
  for (const definition of definitions) {
    const env = {
      ...brokers.environment(),
      VELOCLOUD_HOSTS: JSON.stringify(HOSTS),
      REFRESH_CHECK_INTERVAL: "1",
      ...sandbox.env(definition.name),
    };
    const running = await startService(definition, { env });
    releases.defer(() => running.stop());
  }
  const edges = async (filter: Record<string, number[]> = {}) => {
    const reply = await brokers.bus.request(getCustomerCache, { filter });
    return reply.ok && Array.isArray(reply.body) ? reply.body : [];
  };
  const probes = async () => {
    const reply = await brokers.bus.request(getHawkeyeCustomerCache, {});
    return reply.ok && Array.isArray(reply.body) ? reply.body : [];
  };
  const refresh = () => brokers.redisClient.del(REFRESH_DATES);
  return { brokers, sandbox, slack, edges, probes, refresh, [Symbol.asyncDispose]: () => releases.disposeAsync() };
}

it("cross what VeloCloud, Hawkeye and Bruin say, and keep it while a third party is away", async () => {
  await using caches = await startCaches();
  const { sandbox, slack, edges, probes, refresh } = caches;
  const monitored = sandbox.world.network.fleet.edges.filter(
    ({ state, managementStatus }) => state !== "NEVER_ACTIVATED" && managementStatus !== "Inactive",
  );
  const serials = monitored
    .flatMap(({ serial, haSerial }) => (haSerial === null ? [serial] : [serial, haSerial]))
    .sort();
  const cached = await eventually(async () => {
    const all = await edges();
    return all.length === serials.length && all;
  }, patience);
  expect(cached.map((edge) => edge.serial_number).sort()).toEqual(serials);
  for (const edge of monitored) {
    const entry = cached.find(({ serial_number }) => serial_number === edge.serial);
    expect(entry).toMatchObject({
      edge: { host: edge.customer.host, enterprise_id: edge.customer.enterpriseId },
      ha_serial_number: edge.haSerial,
      bruin_client_info: { client_id: edge.customer.id, client_name: edge.customer.name, site_id: edge.site.id },
      ticket_contact_details: { email: edge.customer.contacts[0]?.email },
    });
    const lines = new Map(entry?.logical_ids.map((link) => [link.interface_name, link.service_number]));
    for (const link of edge.links) expect(lines.get(link.interface)).toBe(link.serviceNumber);
  }
  const scouts = sandbox.world.probes.all.filter(({ edges: [edge] }) => edge.managementStatus !== "Inactive");
  const devices = await eventually(async () => {
    const all = await probes();
    return all.length > 0 && all;
  }, patience);
  expect(devices.map((device) => device.serial_number).sort()).toEqual(scouts.map(({ serial }) => serial).sort());
  for (const { serial, site } of scouts) {
    expect(devices.find(({ serial_number }) => serial_number === serial)).toMatchObject({
      bruin_client_info: { client_id: site.customer.id, site_id: site.id },
    });
  }

  sandbox.faults.add({ system: "velocloud", host: HOSTS[1], kind: "403" });
  sandbox.faults.add({ system: "hawkeye", kind: "403" });
  await refresh();
  await eventually(() => slack.messages.length === 2, patience);
  expect(slack.messages.map(({ message }) => String(message)).sort()).toEqual([
    expect.stringMatching(/^\[customer-cache\] Cache for host vco2.example.net was not refreshed .*, it stays as of /),
    expect.stringMatching(/^\[hawkeye-customer-cache\] Cache for Hawkeye was not refreshed .*, it stays as of /),
  ]);
  expect(await edges()).toHaveLength(serials.length);
  expect(await probes()).toEqual(devices);
});
