import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CachedEdge,
  emailNotification,
  getCustomerCache,
  getCustomerInfo,
  getInventoryAttributes,
  getLinksWithEdgeInfo,
  getSite,
  getTicketContacts,
  linkStatusRow,
  type RequestContract,
  requestEnterprisesEdges,
  requestLinksConfiguration,
} from "@trunkline/contracts";
import { capture, eventually, scriptedBridge, startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import { expect, it } from "vitest";
import { startProcess } from "../scripts/demo/service-process.ts";
import { followProcess, metricsOf, seriesValue } from "./follow-process.ts";

const HOST = "vco1.example.net";
const EDGES = 10_000;
const ENTERPRISES = 100;
const PATIENCE_MS = 200_000;
const HEAP_MEGABYTES = 300;
/** On a machine where much else goes on; a refresh takes several times as long. */
const SLOWEST_ANSWER_MS = 5_000;

/**
 * The cache runs in a process of its own, bridges and requester in this one, so that its memory and the stalls of its
 * event loop are its own. It finds the list that it built
 * yesterday, is told to build it anew, and mails both.
 */
it("refreshes a host of 10,000 edges in bounded memory, and answers without delay meanwhile", {
  timeout: 240_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "trunkline-large-cache-"));
  await using releases = new AsyncDisposableStack();
  releases.defer(() => rm(folder, { recursive: true, force: true }));
  const brokers = releases.use(await startTestBrokers());
  const bridges = await largeBridges(brokers);
  const mails = await capture(brokers.bus, emailNotification);
  await storeList(brokers);
  const cache = await startProcess({
    name: "customer-cache",
    mainFile: join(import.meta.dirname, "../services/customer-cache/src/main.ts"),
    environment: brokers.environment({
      VELOCLOUD_HOSTS: HOST,
      REFRESH_CHECK_INTERVAL: "1",
      DUPLICATE_INVENTORIES_RECIPIENT: "desk@acme.example",
      // What a container of half a gigabyte leaves for the heap.
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MEGABYTES}`,
    }),
    logFile: join(folder, "log"),
  });
  releases.defer(() => cache.stop());
  expect(await brokers.bus.request(getCustomerCache, { filter: {} })).toMatchObject({ status: 200, body: stored });

  const follower = releases.use(followProcess(cache.metricsPort));
  await follower.sample();
  await brokers.redisClient.del("test-next_refresh_date");
  await eventually(() => bridges.requests() > 0, { timeout: 10_000 });
  const waits = await askUntil(brokers, () => mails.messages.length === 1);
  const { peakMegabytes, longestStallMs } = await follower.sample();

  const began = performance.now();
  const all = await brokers.bus.request(getCustomerCache, { filter: {} });
  const wholeMs = performance.now() - began;
  expect(all.ok && all.body).toHaveLength(EDGES);
  expect(all.body).not.toEqual(stored);
  const seconds = seriesValue(await metricsOf(cache.metricsPort), "cache_refresh_duration_seconds_sum");
  const figures = {
    "the refresh took": `${seconds.toFixed(1)} s`,
    "requests to bridges": `${bridges.requests()}, at most ${bridges.mostAtOnce()} at once`,
    "answers meanwhile": `${waits.length}, the slowest after ${Math.round(Math.max(...waits))} ms`,
    "longest stall of the event loop": `${Math.round(longestStallMs)} ms`,
    "most memory": `${peakMegabytes} MB resident, with a heap of at most ${HEAP_MEGABYTES} MB`,
    "answer with every edge": `${(JSON.stringify(all.body).length / 1024 ** 2).toFixed(1)} MB after ${Math.round(wholeMs)} ms`,
  };
  process.stdout.write(`A host of 10,000 edges: ${JSON.stringify(figures, null, 2)}\n`);

  expect(bridges.mostAtOnce()).toBeLessThanOrEqual(8);
  expect(Math.max(...waits)).toBeLessThan(SLOWEST_ANSWER_MS);
});

/** An older list, as the service itself would have stored it. */
async function storeList({ redisClient }: TestBrokers): Promise<void> {
  const day = 86_400_000;
  const facts = {
    version: "yesterday's",
    builtAt: new Date(Date.now() - day),
    nextRefreshAt: new Date(Date.now() + day),
    entries: stored.length,
  };
  await redisClient.mset({
    [`test-${HOST}`]: JSON.stringify(stored),
    [`test-${HOST}:built`]: JSON.stringify(facts),
    "test-next_refresh_date": "01/05/2026, 10:00:00",
  });
}

/** Asks for one enterprise's edges, over and over. @returns milliseconds that each answer took */
async function askUntil(brokers: TestBrokers, isOver: () => boolean): Promise<number[]> {
  const waits: number[] = [];
  let over = false;
  const watch = eventually(isOver, { timeout: PATIENCE_MS, interval: 500 }).finally(() => {
    over = true;
  });
  while (!over) {
    const began = performance.now();
    const reply = await brokers.bus.request(getCustomerCache, { filter: { [HOST]: [7] } });
    waits.push(performance.now() - began);
    expect(reply.ok && reply.body).toHaveLength(EDGES / ENTERPRISES);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await watch;
  return waits;
}

async function largeBridges(brokers: TestBrokers) {
  let requests = 0;
  let atOnce = 0;
  let mostAtOnce = 0;
  for (const [contract, answer] of answers) {
    await scriptedBridge(brokers.bus, contract, async ({ body }) => {
      requests += 1;
      atOnce += 1;
      mostAtOnce = Math.max(mostAtOnce, atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return { status: 200, body: answer(body as Record<string, unknown>) };
    });
  }
  return { requests: () => requests, mostAtOnce: () => mostAtOnce };
}

const serialOf = (edge: number) => `VC${String(edge).padStart(11, "0")}`;
const edgesOf = (enterprise: unknown) =>
  Array.from({ length: EDGES / ENTERPRISES }, (_, index) => index * ENTERPRISES + Number(enterprise));
const interfaces = ["GE1", "GE2"];

const linkRows = Array.from({ length: EDGES }, (_, edge) =>
  interfaces.map((name) =>
    linkStatusRow.parse({
      host: HOST,
      enterpriseName: `Acme Retail ${edge % ENTERPRISES}|${90_000 + (edge % ENTERPRISES)}|`,
      enterpriseId: edge % ENTERPRISES,
      edgeId: edge,
      edgeName: `ACME-${edge}`,
      edgeSerialNumber: serialOf(edge),
      edgeState: "CONNECTED",
      edgeLastContact: "2026-01-05T10:00:12.000Z",
      interface: name,
    }),
  ),
).flat();

const stored: readonly CachedEdge[] = Array.from({ length: EDGES }, (_, edge) => ({
  edge: { host: HOST, enterprise_id: edge % ENTERPRISES, enterprise_name: "Acme Retail", edge_id: edge },
  edge_name: `ACME-${edge}`,
  last_contact: "2026-01-04T10:00:12.000Z",
  logical_ids: [],
  serial_number: serialOf(edge),
  ha_serial_number: null,
  bruin_client_info: { client_id: 90_000, client_name: "Acme Retail", site_id: edge },
  site_details: null,
  ticket_contact_details: null,
  ticket_contact_additional_subscribers: null,
  links_configuration: [],
}));

const answers: readonly (readonly [RequestContract, (body: Record<string, unknown>) => unknown])[] = [
  [getLinksWithEdgeInfo, () => linkRows],
  [
    requestEnterprisesEdges,
    ({ enterprise_id }) =>
      edgesOf(enterprise_id).map((edge) => ({
        id: edge,
        links: interfaces.map((name) => ({ interface: name, logicalId: `00:04:2d:11:22:33:${edge}` })),
      })),
  ],
  [requestLinksConfiguration, () => interfaces.map((name) => ({ interfaces: [name], mode: "PUBLIC", type: "WIRED" }))],
  [
    getCustomerInfo,
    ({ service_number }) => {
      const edge = Number(String(service_number).slice(2));
      return [{ client_id: 90_000 + (edge % ENTERPRISES), client_name: "Acme Retail", site_id: edge }];
    },
  ],
  [
    getInventoryAttributes,
    () => ({
      attributes: [
        { key: "Management Status", value: "Active – Gold Monitoring" },
        ...interfaces.flatMap((name) => [
          { key: `${name} Access Type`, value: "Wireless" },
          { key: `${name} Service Number`, value: "33.RBCB.000001" },
        ]),
      ],
    }),
  ],
  [
    getSite,
    ({ client_id, site_id }) => ({
      clientID: client_id,
      clientName: "Acme Retail",
      siteID: site_id,
      siteLabel: `Store ${site_id}`,
      address: { address: "1 Main St", city: "Orlando", state: "FL", zip: "32811-6460", country: "USA" },
      timeZone: "Eastern",
      primaryContactName: "Help Desk",
      primaryContactPhone: null,
      primaryContactEmail: "noc@acme.example",
    }),
  ],
  [
    getTicketContacts,
    () => [
      { firstName: "Ann", lastName: "Doe", email: "ann@acme.example", phone: "555-0100" },
      { firstName: "Bob", lastName: "Roe", email: "bob@acme.example", phone: null },
    ],
  ],
];
