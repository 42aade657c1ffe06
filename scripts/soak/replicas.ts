import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startBrokers } from "@trunkline/brokers";
import { type Message, type Sandbox, startSandbox } from "@trunkline/sandbox";
import { startService } from "@trunkline/service";
import type { Logger } from "pino";
import { untilReady } from "../demo/engine-service.ts";
import { serviceCatalogue } from "../demo/service-catalogue.ts";
import { startProcess } from "../demo/service-process.ts";
import { until } from "../demo/until.ts";
import { foundIn } from "./found.ts";
import { type Tally, type Trouble, tally } from "./once-each.ts";
import { watchedNats } from "./watched-nats.ts";

export interface ReplicasResult extends Tally {
  readonly outages: number;
  /** How often a replica was killed, by what it was doing. */
  readonly kills: Readonly<Record<string, number>>;
  readonly seconds: number;
}

const MONITOR = "service-outage-monitor";
const others = ["bruin-bridge", "velocloud-bridge", "digi-bridge", "notifier", "customer-cache"];
const EDGES_IN_TROUBLE = 20;
const PATIENCE_MS = 300_000;

/** What a replica is in the middle of when it dies: a pass, a recheck, or a step of a decision. */
const moments = {
  failing: [
    "customer.cache.get",
    "get.links.with.edge.info",
    "bruin.ticket.creation.outage.request",
    "alert.request.event.edge",
    "bruin.ticket.note.append.request",
    "bruin.change.ticket.severity",
    "bruin.ticket.change.work",
    "bruin.ticket.details.request",
  ],
  healing: [
    "request.network.enterprise.edges",
    "bruin.ticket.basic.request",
    "bruin.ticket.unpause",
    "bruin.ticket.status.resolve",
    "bruin.ticket.note.append.request",
  ],
} as const;

/**
 * Two replicas of the outage monitor, as processes. The one that is at work is killed with SIGKILL, again and again,
 * while edges fail and heal; afterwards everything must be there once.
 */
export async function killReplicas(
  kills: number,
  { logger, logFile }: { logger: Logger; logFile?: string },
): Promise<ReplicasResult> {
  await using releases = new AsyncDisposableStack();
  const began = performance.now();
  const folder = await mkdtemp(join(tmpdir(), "trunkline-replicas-"));
  releases.defer(() => rm(folder, { recursive: true, force: true }));
  const brokers = await startBrokers();
  releases.defer(() => brokers.stop());
  const sandbox = await startSandbox();
  releases.defer(() => sandbox.stop());
  const told: Message[] = [];
  sandbox.world.feed.listen((type, data) => void (type === "message" && told.push(data as Message)));
  const redis = `${brokers.redis.host}:${brokers.redis.port}`;
  const environmentOf = (name: string, natsUrl: string) => ({
    REDIS_HOSTNAME: redis,
    REDIS_CUSTOMER_CACHE_HOSTNAME: redis,
    ...surroundings,
    ...sandbox.env(name),
    NATS_SERVER1: natsUrl,
  });
  const catalogue = await serviceCatalogue();
  for (const name of others) {
    const definition = catalogue.find((entry) => entry.definition.name === name)?.definition;
    if (definition === undefined) throw new Error(`there is no service ${name}`);
    const env = environmentOf(name, brokers.nats.url);
    const running = await startService(definition, { env, logger });
    releases.defer(() => running.stop());
    await untilReady(running);
  }
  const mainFile = catalogue.find((entry) => entry.definition.name === MONITOR)?.mainFile;
  if (mainFile === undefined) throw new Error(`there is no service ${MONITOR}`);
  const killer = createKiller();
  for (const replica of [0, 1]) {
    const nats = releases.use(await watchedNats(brokers.nats.port, (subject) => killer.asked(replica, subject)));
    const environment = environmentOf(MONITOR, nats.url);
    const life = await startProcess({ name: MONITOR, mainFile, environment, logFile: logFile ?? join(folder, "log") });
    releases.defer(() => life.stop());
    killer.add(replica, life);
  }

  const troubles = fail(sandbox);
  await killer.kill(Math.ceil(kills * 0.6), moments.failing);
  const stories = () => foundIn(sandbox.world, []);
  const count = (pattern: RegExp) =>
    stories().filter(({ entries }) => entries.some(({ text }) => pattern.test(text))).length;
  await until("all tickets", PATIENCE_MS, async () => count(/^severity/) === troubles.length);
  heal(sandbox, troubles);
  await killer.kill(kills - Math.ceil(kills * 0.6), moments.healing);
  await until("all resolutions", PATIENCE_MS, async () => {
    return stories().filter(({ status }) => status === "Resolved").length === troubles.length;
  });
  // Whoever is taken for dead begins again within fifteen seconds, and finds that all is done.
  await sleep(20_000);
  const slack = told.filter(({ channel }) => channel === "slack").map(({ text }) => text);
  const seconds = Math.round((performance.now() - began) / 1_000);
  return { ...tally(troubles, stories(), slack), outages: troubles.length, kills: killer.kills, seconds };
}

const hosts = JSON.stringify(["vco1.example.net", "vco2.example.net"]);
const surroundings = {
  ENVIRONMENT_NAME: "replicas",
  CURRENT_ENVIRONMENT: "production",
  TIMEZONE: "US/Eastern",
  HEALTH_PORT: "0",
  METRICS_PORT: "0",
  MONITORING__VELOCLOUD_HOST: hosts,
  VELOCLOUD_HOSTS: hosts,
  MONITORING__MONITORING_JOB_INTERVAL: "2",
  MONITORING__QUARANTINE_FOR_EDGES_IN_LINK_DOWN_OUTAGE: "3",
  MONITORING__QUARANTINE_FOR_EDGES_IN_HARD_DOWN_OUTAGE: "3",
  // Each outage is told by itself.
  MONITORING__SUMMARY_FROM: "1000",
};

/** After so long of waiting for one moment, any other will do: nothing of that kind may be left to do. */
const OVERDUE_MS = 10_000;

interface Wait {
  readonly wanted: string;
  readonly others: readonly string[];
  readonly since: number;
  readonly struck: (victim: { readonly replica: number; readonly subject: string }) => void;
}

function createKiller() {
  const replicas = new Map<number, Awaited<ReturnType<typeof startProcess>>>();
  const kills: Record<string, number> = {};
  let wait: Wait | undefined;
  return {
    kills,
    add: (replica: number, life: Awaited<ReturnType<typeof startProcess>>) => replicas.set(replica, life),
    asked: (replica: number, subject: string) => {
      if (wait === undefined) return;
      const isOverdue = Date.now() - wait.since > OVERDUE_MS;
      if (subject !== wait.wanted && !(isOverdue && wait.others.includes(subject))) return;
      // At once: the answer finds nobody.
      void replicas.get(replica)?.kill?.();
      wait.struck({ replica, subject });
      wait = undefined;
    },
    kill: async (count: number, subjects: readonly string[]) => {
      for (let index = 0; index < count; index++) {
        const { promise, resolve } = Promise.withResolvers<Parameters<Wait["struck"]>[0]>();
        wait = {
          wanted: subjects[index % subjects.length] ?? "",
          others: subjects,
          since: Date.now(),
          struck: resolve,
        };
        const { replica, subject } = await promise;
        kills[subject] = (kills[subject] ?? 0) + 1;
        await replicas.get(replica)?.kill?.();
        await replicas.get(replica)?.restart?.();
      }
    },
  };
}

/** Lets links and edges fail at sites of their own. */
function fail({ world: { network } }: Sandbox): Trouble[] {
  const sites = new Set<number>();
  const chosen = network.fleet.edges.filter(({ state, haSerial, site, managementStatus }) => {
    const isFit = state === "CONNECTED" && haSerial === null && managementStatus.startsWith("Active");
    if (!isFit || sites.has(site.id)) return false;
    sites.add(site.id);
    return true;
  });
  return chosen.slice(0, EDGES_IN_TROUBLE).map(({ serial, links }, index) => {
    const isDark = index % 2 === 0;
    const [link] = links;
    if (link === undefined) throw new Error(`${serial} has no link`);
    if (isDark) network.failEdge(serial);
    else network.failLink(serial, link.interface);
    const lines = (isDark ? links : [link]).map(({ serviceNumber }) => serviceNumber);
    return { serial, lines, severity: isDark ? 2 : 3 };
  });
}

function heal({ world: { network } }: Sandbox, troubles: readonly Trouble[]): void {
  for (const { serial } of troubles) {
    network.healEdge(serial);
    for (const link of network.edge(serial).links) network.healLink(serial, link.interface);
  }
}
