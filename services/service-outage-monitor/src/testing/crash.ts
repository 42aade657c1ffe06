import { type Bus, ok } from "@trunkline/bus";
import { movableClock } from "@trunkline/clock";
import { slackNotification } from "@trunkline/contracts";
import type { JobContext } from "@trunkline/jobs";
import { createTroubles, triageClaims, withheldDecisions } from "@trunkline/monitor";
import {
  cachedAcme,
  capture,
  acmeDetails as details,
  eventually,
  acmeLinks as linkRows,
  NOW,
  acmePairs as pairRows,
  scriptedBridge,
  type TestBrokers,
} from "@trunkline/testkit";
import type { ChainableCommander } from "ioredis";
import { pino } from "pino";
import { Registry } from "prom-client";
import { dispatcherQueue } from "../forwards/dispatcher-queue.ts";
import { forwardMemory } from "../forwards/forward-memory.ts";
import type { Monitor } from "../monitor.ts";
import { outageMetrics } from "../outage-metrics.ts";
import { questions } from "../subjects.ts";
import { acme, settings, ticket } from "./acme.ts";

/** The process dies. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** A world that reacts to what is done to it, and processes that die at a chosen moment. */
export interface CrashingDesk {
  /** What was done to the world, in order. */
  readonly effects: string[];
  /** A world in which nothing has happened yet. */
  reset(): void;
  /**
   * A new process.
   *
   * @param crashAt it dies at so many-th moment at which it touches Redis or NATS, before or after the touch
   */
  process(crashAt: number): Process;
  /** What Slack was told up to now, in order. */
  slack(): Promise<string[]>;
}

export interface Process {
  readonly monitor: Monitor;
  readonly job: JobContext;
  /** Moments passed. */
  moments(): number;
}

const logger = pino({ level: "silent" });

export async function startCrashingDesk(brokers: TestBrokers): Promise<CrashingDesk> {
  const world = createWorld();
  await serveWorld(brokers.bus, world);
  const channel = await capture(brokers.bus, slackNotification);
  const told = () => channel.messages.map(({ message }) => message);
  return {
    effects: world.effects,
    reset: world.reset,
    process: (crashAt) => createProcess(brokers, crashAt),
    slack: async () => {
      // What was told before the last message has arrived when the last message has.
      const last = `that is all ${crypto.randomUUID()}`;
      await brokers.bus.publish(slackNotification, { message: last });
      await eventually(() => told().includes(last));
      return told().filter((message) => !message.startsWith("that is all"));
    },
  };
}

function createWorld() {
  const effects: string[] = [];
  const initially = { hasTicket: false, severity: 4, detailStatus: "I" };
  const state = { ...initially };
  return {
    effects,
    state,
    reset: () => {
      effects.length = 0;
      Object.assign(state, initially);
    },
  };
}

/** Bruin as it behaves: the second request for a ticket finds the first one's, a resolved detail stays resolved. */
async function serveWorld(bridges: Bus, { effects, state }: ReturnType<typeof createWorld>): Promise<void> {
  const answers: Record<string, (body: Record<string, unknown>) => unknown> = {
    "customer.cache.get": () => [cachedAcme()],
    "get.links.with.edge.info": () => linkRows(),
    "request.network.enterprise.edges": () => pairRows(),
    "alert.request.event.edge": () => [],
    "bruin.ticket.basic.request": () => [ticket().ticket],
    "bruin.single_ticket.basic.request": () => ({ ...ticket().ticket, severity: state.severity }),
    "bruin.ticket.details.request": () => ({
      ticketDetails: details({ 11: { detailStatus: state.detailStatus } }),
      ticketNotes: [],
    }),
    "bruin.ticket.creation.outage.request": () => {
      const errorCode = state.hasTicket ? 409 : null;
      if (!state.hasTicket) effects.push("ticket");
      state.hasTicket = true;
      const items = ["VC100", "LN-1", "LN-2"].map((wtn) => ({ ticketId: 9001, wtn, errorCode }));
      return { message: null, items };
    },
    "bruin.ticket.change.work": ({ detail_id: detail, service_number: number, queue_name: queue }) =>
      effects.push(`move ${detail ?? number} to ${queue}`),
    "bruin.ticket.close": () => effects.push("close"),
    "bruin.notification.email.milestone": ({ notification_type: mail }) => effects.push(`mail ${mail}`),
    "digi.reboot": ({ MAC }) => {
      effects.push(`reboot ${MAC}`);
      return { Message: "started", VeloSerial: "VC100" };
    },
    "bruin.change.ticket.severity": ({ severity }) => {
      state.severity = Number(severity);
      effects.push(`severity ${severity}`);
    },
    "bruin.ticket.note.append.request": ({ note }) => effects.push(`note ${String(note).split("\n")[1]}`),
    "bruin.ticket.unpause": () => effects.push("unpause"),
    "bruin.ticket.status.resolve": () => {
      state.detailStatus = "R";
      effects.push("resolve");
    },
  };
  for (const contract of questions) {
    await scriptedBridge(bridges, contract, ({ body }) => ok(answers[contract.subject]?.(body) ?? "Success"));
  }
}

function createProcess({ bus, redisClient }: TestBrokers, crashAt: number): Process {
  let moments = 0;
  const pass = () => {
    moments += 1;
    if (moments === crashAt) throw new Crash(`at moment ${crashAt}`);
  };
  const mortalRedis = mortal(redisClient, pass);
  const mortalBus = mortal(bus, pass);
  const present = settings();
  const clock = movableClock(NOW);
  const troubles = createTroubles({ prefix: "test", logger });
  const monitor: Monitor = {
    bus: mortalBus,
    jobs: { schedule: async () => true, cancel: async () => false, work: async () => {} },
    redis: mortalRedis,
    prefix: "test:service-outage-monitor",
    clock,
    logger,
    settings: present,
    metrics: outageMetrics(new Registry(), present.metrics),
    troubles,
    forwards: forwardMemory(mortalRedis, "test"),
    dispatcher: dispatcherQueue(mortalRedis, "test"),
    claims: triageClaims(mortalRedis, "test"),
    withheldDecisions: withheldDecisions(mortalRedis, "test:service-outage-monitor"),
    collector: {
      snapshotOf: async (host) => ({
        host,
        takenAt: NOW,
        edges: new Map([["VC100", acme()]]),
        tickets: { ofClients: async () => [] },
      }),
    },
  };
  const job = { key: "job", attempt: 1, signal: new AbortController().signal, logger };
  return { monitor, job, moments: () => moments };
}

/** The same object for a process that may die before or after each call that leaves it. */
function mortal<T extends object>(target: T, pass: () => void): T {
  return new Proxy(target, {
    get: (object, name) => {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== "function") return member;
      if (name === "multi") return () => mortalTransaction(member.apply(object), pass);
      return async (...args: unknown[]) => {
        pass();
        const result: unknown = await member.apply(object, args);
        pass();
        return result;
      };
    },
  });
}

/** Commands of a transaction leave the process together. */
function mortalTransaction(transaction: ChainableCommander, pass: () => void): ChainableCommander {
  const exec = transaction.exec.bind(transaction);
  transaction.exec = async () => {
    pass();
    const results = await exec();
    pass();
    return results;
  };
  return transaction;
}
