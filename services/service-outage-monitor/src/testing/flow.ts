import { type Bus, connectBus, type HandlerReply, ok, refuse } from "@trunkline/bus";
import { type MovableClock, movableClock } from "@trunkline/clock";
import type {
  BasicTicket,
  BodyOf,
  CachedEdge,
  EdgeEvent,
  outageForwardDone,
  TicketDetail,
  TicketNote,
} from "@trunkline/contracts";
import { createJobs, type JobsOwner } from "@trunkline/jobs";
import type { ScheduledRun, ServiceParts } from "@trunkline/service";
import {
  type AcmeState,
  cachedAcme,
  acmeDetails as details,
  acmeLinks as linkRows,
  NOW,
  acmePairs as pairRows,
  scriptedBridge,
  type TestBrokers,
} from "@trunkline/testkit";
import { pino } from "pino";
import { Registry } from "prom-client";
import { config } from "../config.ts";
import { service } from "../service.ts";
import { questions } from "../subjects.ts";
import { environment, ticket } from "./acme.ts";

/** What the third parties behind the scripted bridges say, now. Tests change it on the way. */
export interface Script {
  state: AcmeState;
  /** Serials of edges that are all in that state, in place of VC100. */
  fleet: readonly string[] | null;
  cached: Partial<CachedEdge>;
  /** What Bruin says about each service number when a ticket is asked for. */
  items: { readonly wtn: string; readonly errorCode: number | null; readonly ticketId?: number }[];
  openTickets: readonly BasicTicket[];
  details: readonly TicketDetail[];
  notes: readonly TicketNote[];
  severity: number;
  events: readonly EdgeEvent[];
  /** Subjects that are refused, with the status. */
  failing: Record<string, number>;
}

/** A monitor over a real NATS and Redis, before scripted bridges, in a present that stands still. */
export interface Flow {
  readonly script: Script;
  readonly clock: MovableClock;
  readonly metrics: Registry;
  /** Every write and notification in order, one line each. */
  readonly effects: string[];
  /** Idempotency keys of the writes, in order. */
  readonly decisions: string[];
  /** Subjects of the reads, in order. */
  readonly reads: string[];
  /** Forwards that were put down, with the minutes until they are due. */
  readonly forwards: string[];
  /** The existing fleet's dispatcher says that it moved a task. */
  dispatched(told: BodyOf<typeof outageForwardDone>): Promise<void>;
  /** Runs a pass over the host and all that is due after it. A pass that fails is not thrown on. */
  pass(): Promise<void>;
  /** Moves the present and runs what is due then. */
  advance(seconds: number): Promise<void>;
  /** Waits until every job that is due has succeeded, be it in a later attempt. */
  idle(): Promise<void>;
  /** Another monitor takes the place of this one. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const logger = pino({ level: process.env.TEST_LOG ?? "silent" });

export interface FlowOptions {
  readonly production?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Connections that all flows of a test file share. */
export interface Stage {
  /** Starts with everything well, no ticket, and Bruin ready to open ticket 9001 for the edge alone. */
  begin(script: Partial<Script>, options?: FlowOptions): Promise<Flow>;
  stop(): Promise<void>;
}

export async function openStage(brokers: TestBrokers): Promise<Stage> {
  const script = initialScript();
  await startBridges(brokers.bus, script);
  const production = await connect(brokers, true);
  const dryRun = await connect(brokers, false);
  return {
    begin: async (changes, options = {}) => {
      await brokers.redisClient.flushall();
      Object.assign(script, initialScript(), changes);
      const bus = options.production === false ? dryRun : production;
      return startFlow({ brokers, bus, env: options.env ?? {} }, script);
    },
    stop: async () => {
      await Promise.all([production.drain(), dryRun.drain()]);
    },
  };
}

function initialScript(): Script {
  return {
    state: {},
    fleet: null,
    cached: {},
    items: [{ wtn: "VC100", errorCode: null }],
    openTickets: [],
    details: details(),
    notes: [],
    severity: 4,
    events: [],
    failing: {},
  };
}

interface Surroundings {
  readonly brokers: TestBrokers;
  readonly bus: Bus;
  readonly env: Readonly<Record<string, string>>;
}

async function startFlow(surroundings: Surroundings, script: Script): Promise<Flow> {
  const clock = movableClock(NOW);
  const recorded: Recorded = { effects: [], decisions: [], reads: [], forwards: [] };
  const ledger = jobLedger(clock, recorded.forwards);
  const start = () => startMonitor({ ...surroundings, clock, ledger, recorded });
  let monitor = await start();
  return {
    script,
    clock,
    ...recorded,
    get metrics() {
      return monitor.metrics;
    },
    idle: () => ledger.none("unfinished"),
    pass: async () => {
      await monitor.pass();
      await ledger.none("untried");
    },
    advance: async (seconds) => {
      clock.advance(seconds * 1000);
      await monitor.promoteDue();
      await ledger.none("untried");
    },
    dispatched: (told) => monitor.dispatched(told),
    restart: async () => {
      await monitor.stop();
      monitor = await start();
    },
    stop: () => monitor.stop(),
  };
}

function connect(brokers: TestBrokers, production: boolean): Promise<Bus> {
  return connectBus({
    servers: brokers.nats.url,
    service: service.name,
    redis: brokers.redis.url,
    environment: { name: "test", production },
    logger,
    metrics: new Registry(),
  });
}

async function startBridges(bus: Bus, script: Script): Promise<void> {
  const item = { ticketId: 9001, inventoryId: 1, errorMessage: null };
  const answers: Record<string, () => unknown> = {
    "customer.cache.get": () =>
      (script.fleet ?? ["VC100", "VC200"]).map((serial) => cachedAcme({ serial_number: serial, ...script.cached })),
    "get.links.with.edge.info": () =>
      (script.fleet ?? ["VC100"]).flatMap((edgeSerialNumber) =>
        linkRows(script.state).map((row) => ({ ...row, edgeSerialNumber })),
      ),
    "request.network.enterprise.edges": () =>
      (script.fleet ?? ["VC100"]).flatMap((serialNumber) =>
        pairRows(script.state).map((row) => ({ ...row, serialNumber })),
      ),
    "alert.request.event.edge": () => script.events,
    "bruin.ticket.basic.request": () => script.openTickets,
    "bruin.single_ticket.basic.request": () => ({ ...ticket().ticket, severity: script.severity }),
    "bruin.ticket.details.request": () => ({ ticketDetails: script.details, ticketNotes: script.notes }),
    "digi.reboot": () => ({ Message: "started", VeloSerial: "VC100" }),
    "bruin.ticket.creation.outage.request": () => ({
      message: null,
      items: script.items.map((each) => ({ ...item, ...each })),
    }),
  };
  for (const contract of questions) {
    await scriptedBridge(bus, contract, (): HandlerReply => {
      const status = script.failing[contract.subject];
      if (status !== undefined) return status === 202 ? ok("still building", 202) : refuse(status, "scripted");
      return ok(answers[contract.subject]?.() ?? "Success");
    });
  }
}

type Recorded = Pick<Flow, "effects" | "decisions" | "reads" | "forwards">;

interface MonitorOptions extends Surroundings {
  readonly clock: MovableClock;
  readonly ledger: JobLedger;
  readonly recorded: Recorded;
}

async function startMonitor({ brokers, bus, env, clock, ledger, recorded }: MonitorOptions) {
  const metrics = new Registry();
  const jobs = createJobs({ redis: brokers.redis.url, prefix: "test", clock, logger, metrics });
  const passes: ((run: ScheduledRun) => Promise<void>)[] = [];
  const parts: Omit<ServiceParts, "bus" | "config"> = {
    clock,
    logger,
    metrics,
    redis: () => brokers.redisClient,
    jobs: ledger.observed(jobs),
    schedule: async (_, work) => {
      passes.push(work);
    },
    readyWhen: () => {},
    onStop: () => {},
  };
  let dispatched: (told: BodyOf<typeof outageForwardDone>) => Promise<void> = async () => {};
  const consume = async (_: unknown, handler: typeof dispatched) => {
    dispatched = handler;
  };
  const narrow = { bus: { ...recordingBus(bus, recorded), consume }, config: configOf(env) };
  await service.start({ ...parts, ...narrow } as unknown as Parameters<typeof service.start>[0]);
  const { signal } = new AbortController();
  return {
    metrics,
    promoteDue: jobs.promoteDue,
    dispatched: (told: BodyOf<typeof outageForwardDone>) => dispatched(told),
    pass: async () => {
      await Promise.allSettled(passes.map((work) => work({ signal, fencingToken: 1, logger })));
    },
    stop: jobs.close,
  };
}

function configOf(overrides: Readonly<Record<string, string>>): Record<string, unknown> {
  const env: Record<string, string> = { ...environment, ...overrides };
  const values = Object.entries(config).map(([name, schema]) => [name, schema.parse(env[name])]);
  return { ...Object.fromEntries(values), ENVIRONMENT_NAME: "test", TIMEZONE: environment.TIMEZONE };
}

/** Writes down, at the monitor's own door and so in its order, what it asks and tells. */
function recordingBus(bus: Bus, { effects, decisions, reads }: Recorded): Pick<Bus, "request" | "publish"> {
  return {
    request: (contract, body, requestOptions) => {
      if (contract.effect === "read") {
        reads.push(contract.subject);
      } else {
        effects.push(effectLine(contract.subject, body as Record<string, unknown>));
        decisions.push(requestOptions?.idempotencyKey ?? "");
      }
      return bus.request(contract, body, requestOptions);
    },
    publish: (contract, body, publishOptions) => {
      effects.push(`slack: ${String((body as { message: unknown }).message).split("\n")[0]}`);
      return bus.publish(contract, body, publishOptions);
    },
  };
}

function effectLine(subject: string, body: Record<string, unknown>): string {
  const { ticket_id: id, detail_id: detail, service_number: number, interfaces } = body;
  const list = (value: unknown) => `[${((value ?? []) as string[]).join(", ")}]`;
  switch (subject) {
    case "bruin.ticket.creation.outage.request":
      return `create ${number} of ${body.client_id} ${list(interfaces)}`;
    case "bruin.ticket.note.append.request":
      return `note ${id} ${list(body.service_numbers)} ${String(body.note).split("\n")[1]}`;
    case "bruin.change.ticket.severity":
      return `severity ${id} ${body.severity} ${String(body.reason).split("\n").slice(2).join(", ")}`;
    case "bruin.ticket.status.resolve":
      return `resolve ${id}/${detail} ${list(interfaces)}`;
    case "bruin.ticket.status.open":
      return `open ${id}/${detail}`;
    case "bruin.ticket.unpause":
      return `unpause ${id}/${detail} ${number}`;
    case "bruin.ticket.change.work":
      return `move ${id}/${detail ?? number} to ${body.queue_name}`;
    case "bruin.ticket.close":
      return `close ${id}`;
    case "bruin.notification.email.milestone":
      return `mail ${id} ${number} ${body.notification_type}`;
    case "digi.reboot":
      return `reboot ${body.velo_serial} ${body.MAC} for ${body.ticket}`;
    default:
      return `${subject} ${JSON.stringify(body)}`;
  }
}

/** Knows how far jobs are, so that tests need not guess when all is quiet. */
interface JobLedger {
  observed(jobs: JobsOwner): ServiceParts["jobs"];
  /** Waits until no job that is due is left that was never tried, or that has not succeeded. */
  none(left: "untried" | "unfinished"): Promise<void>;
}

function jobLedger(clock: MovableClock, forwards: string[]): JobLedger {
  const left = { untried: new Map<string, Date>(), unfinished: new Map<string, Date>() };
  const nameOf = (kind: { readonly name: string }, key: string) => `${kind.name} ${key}`;
  return {
    observed: (jobs) => ({
      schedule: async (kind, job) => {
        // The first one counts, here as there.
        const name = nameOf(kind, job.key);
        for (const list of Object.values(left)) if (!list.has(name)) list.set(name, job.dueAt);
        const isAdded = await jobs.schedule(kind, job);
        const minutes = (job.dueAt.getTime() - clock.now().getTime()) / 60_000;
        if (isAdded && kind.name === "outage-forward") forwards.push(`${job.key} +${minutes}`);
        return isAdded;
      },
      cancel: async (kind, key) => {
        const isCancelled = await jobs.cancel(kind, key);
        if (isCancelled) for (const list of Object.values(left)) list.delete(nameOf(kind, key));
        return isCancelled;
      },
      work: (kind, handler, workOptions) => {
        const observe: typeof handler = async (data, job) => {
          const name = nameOf(kind, job.key);
          await handler(data, job).finally(() => left.untried.delete(name));
          left.unfinished.delete(name);
        };
        return jobs.work(kind, observe, workOptions);
      },
    }),
    none: async (which) => {
      const isLeft = () => [...left[which].values()].some((dueAt) => dueAt <= clock.now());
      while (isLeft()) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}
