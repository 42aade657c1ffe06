import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type Broker, startNats, startNatsCluster } from "@trunkline/brokers";
import { connect, type NatsConnection } from "nats";
import type { NatsVictim } from "./mishaps.ts";

/** The NATS of a day: one server, or a cluster of three whose streams have three replicas. */
export interface NatsServers {
  /** One that is up; another one each time where there are several, so that services spread over them. */
  readonly url: string;
  readonly streamReplicas: number;
  /** Kills a server; it comes back at once where it is the only one, else after a while. */
  kill(victim: NatsVictim): Promise<void>;
  /** Resolves when all are up, and each has its copy of each stream. */
  whole(): Promise<void>;
  /** A connection of the caller's own. */
  connect(): Promise<NatsConnection>;
  stop(): Promise<void>;
}

const AWAY_MS = 150;
/** Longer than the choice of a new leader takes, and shorter. */
const SHORTEST_AWAY_MS = 3_000;
const LONGEST_AWAY_MS = 15_000;
const WHOLE_MS = 60_000;
const LOOK_MS = 200;

export async function startOneNats(): Promise<NatsServers> {
  const server = await startNats();
  return {
    url: server.url,
    streamReplicas: 1,
    kill: async () => {
      await server.kill();
      await sleep(AWAY_MS);
      await server.restart();
    },
    whole: async () => {},
    connect: () => connect({ servers: server.url }),
    stop: () => server.stop(),
  };
}

export async function startThreeNats(): Promise<NatsServers> {
  const cluster = await startNatsCluster();
  const servers = new Map<string, Broker>();
  for (const server of cluster.servers) servers.set(await nameOf(server), server);
  const connectToAny = () => connect({ servers: urlsOf(cluster.servers), timeout: LOOK_MS * 5 });
  let comingBack = Promise.resolve();
  let turn = 0;

  async function whole(): Promise<void> {
    await comingBack;
    await using closing = new AsyncDisposableStack();
    const nc = await connectToAny();
    closing.defer(() => nc.close());
    const deadline = Date.now() + WHOLE_MS;
    while (!(await hasAllCopies(nc, servers.size).catch(() => false))) {
      if (Date.now() > deadline) throw new Error("the NATS cluster did not become whole");
      await sleep(LOOK_MS);
    }
  }

  return {
    get url() {
      const up = urlsOf(cluster.servers);
      turn += 1;
      return up[turn % up.length] ?? "";
    },
    streamReplicas: servers.size,
    // Never two at once: a cluster of three that has lost two stores nothing.
    kill: async (victim) => {
      await whole();
      const leader = victim === "nats-leader" ? await leaderOf(connectToAny) : undefined;
      const server = servers.get(leader ?? "") ?? cluster.servers[randomInt(servers.size)];
      await server?.kill();
      const awayMs = randomInt(SHORTEST_AWAY_MS, LONGEST_AWAY_MS);
      comingBack = sleep(awayMs).then(() => server?.restart());
    },
    whole,
    connect: connectToAny,
    stop: async () => {
      await comingBack;
      await cluster.stop();
    },
  };
}

function urlsOf(servers: readonly Broker[]): string[] {
  return servers.filter(({ pid }) => pid !== undefined).map(({ url }) => url);
}

async function nameOf({ url }: Broker): Promise<string> {
  const nc = await connect({ servers: url });
  const name = nc.info?.server_name ?? "";
  await nc.close();
  return name;
}

/** The server that leads the stream of Slack messages and e-mails. */
async function leaderOf(connectToAny: () => Promise<NatsConnection>): Promise<string | undefined> {
  const nc = await connectToAny();
  const { streams } = await nc.jetstreamManager({ checkAPI: false });
  const { cluster } = await streams.info("NOTIFICATIONS");
  await nc.close();
  return cluster?.leader;
}

async function hasAllCopies(nc: NatsConnection, size: number): Promise<boolean> {
  const { streams } = await nc.jetstreamManager({ checkAPI: false, timeout: LOOK_MS * 5 });
  const all = await streams.list().next();
  return all.every(({ cluster }) => {
    const copies = cluster?.replicas ?? [];
    return copies.length === size - 1 && copies.every(({ current, offline }) => current && offline !== true);
  });
}
