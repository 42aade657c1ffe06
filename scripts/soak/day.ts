import { setTimeout as sleep } from "node:timers/promises";
import { type Broker, startRedis } from "@trunkline/brokers";
import { type Message, type Sandbox, startSandbox } from "@trunkline/sandbox";
import { movableClock } from "@trunkline/testkit";
import type { Logger } from "pino";
import { act, happen } from "./act.ts";
import { type Difference, differencesOf, explainDifference } from "./compare.ts";
import { planDay, START } from "./day-plan.ts";
import { type Engine, startEngine } from "./engine.ts";
import { factsOf } from "./facts.ts";
import { foundIn } from "./found.ts";
import { keptBy, lossesIn } from "./kept.ts";
import { type NatsServers, startOneNats, startThreeNats } from "./nats-servers.ts";
import { foretell } from "./oracle/oracle.ts";
import type { DayPlan, DeskAction, Kill, Look, Mishap } from "./planned-event.ts";
import type { TicketStory } from "./story.ts";

export interface SoakOptions {
  readonly seed: number;
  readonly hours: number;
  readonly edges: number;
  /** Three NATS servers that die now and then, instead of one. @default false */
  readonly cluster?: boolean;
  readonly logger: Logger;
  /** Told of each hour that has passed. */
  readonly onHour?: (hour: number) => void;
}

export interface SoakResult {
  readonly plan: DayPlan;
  readonly expected: readonly TicketStory[];
  readonly found: readonly TicketStory[];
  readonly differences: readonly Difference[];
  /** For a person, one text for each difference. */
  readonly explanations: readonly string[];
  /** Slack messages that were stored and not posted, writes without a record: a text for each. */
  readonly losses: readonly string[];
  readonly slackMessages: number;
  /** Posted more often than stored. */
  readonly slackDoubles: number;
  readonly kills: number;
  readonly lostCalls: number;
  readonly repeats: number;
}

const NATS_KILLS_AN_HOUR = 4;

/** Plays a day with the real services, and compares what it leaves behind with what the oracle says. */
export async function playDay(options: SoakOptions): Promise<SoakResult> {
  await using releases = new AsyncDisposableStack();
  const clock = movableClock(new Date(START));
  const { seed, hours, edges: count, cluster = false, logger } = options;
  const redis = await startRedis();
  releases.defer(() => redis.stop());
  const nats = await (cluster ? startThreeNats() : startOneNats());
  releases.defer(() => nats.stop());
  const fleet = { edges: count, customers: Math.max(3, Math.round(count / 100)) };
  const sandbox = await startSandbox({ clock, seed, fleet, logger });
  releases.defer(() => sandbox.stop());
  const mails: Message[] = [];
  const slackTexts: string[] = [];
  const { world } = sandbox;
  world.feed.listen((type, data) => {
    if (type !== "message") return;
    const message = data as Message;
    if (message.channel === "email") mails.push(message);
    if (message.channel === "slack") slackTexts.push(message.text);
  });
  const edges = factsOf(world);
  const plan = planDay(edges, { seed, hours, natsKills: cluster ? hours * NATS_KILLS_AN_HOUR : 0 });
  const hosts = [...new Set(edges.map(({ host }) => host))];
  const engine = await startEngine({ nats, redis, sandbox, hosts, logger, clock });
  releases.defer(() => engine.stop());

  const stage: Stage = { nats, redis, sandbox, engine, clock, pending: [], kills: 0, lostCalls: 0, repeats: 0 };
  for (const event of plan.events) {
    const hour = Math.floor((event.at - plan.start) / 3_600_000);
    if (hour > Math.floor((clock.now().getTime() - plan.start) / 3_600_000)) options.onHour?.(hour);
    await letPass(event.at, stage);
    await perform(event, stage);
  }
  await letPass(plan.end, stage);

  await nats.whole();
  const kept = await keptBy(nats, redis);
  const losses = lossesIn(kept, slackTexts);

  const expected = foretell(edges, plan);
  const found = foundIn(world, mails);
  const differences = differencesOf(expected, found);
  const explanations = differences.map((difference) => explainDifference(difference, { edges, plan, found }));
  const { kills, lostCalls, repeats } = stage;
  const slack = { slackMessages: slackTexts.length, slackDoubles: slackTexts.length - kept.slackTexts.length };
  return { plan, expected, found, differences, explanations, losses, ...slack, kills, lostCalls, repeats };
}

interface Stage {
  readonly nats: NatsServers;
  readonly redis: Broker;
  readonly sandbox: Sandbox;
  readonly engine: Engine;
  readonly clock: ReturnType<typeof movableClock>;
  /** Wait for the next work to strike. */
  pending: (Kill | Mishap)[];
  kills: number;
  lostCalls: number;
  /** Looks and promotions that failed and were done again. */
  repeats: number;
}

/** Nothing that is due may take longer, retries included. */
const IDLE_MS = 180_000;
const LOOK_MS = 2;

/** Moves from one delayed job that becomes due to the next: each sees the present in which it is due. */
async function letPass(until: number, stage: Stage): Promise<void> {
  const { clock, engine } = stage;
  for (;;) {
    const { next } = await engine.outstanding();
    clock.set(new Date(Math.min(next, until)));
    if (next > until) return;
    await underMishaps(stage, "delayed work", () => engine.promote());
  }
}

async function perform(event: DayPlan["events"][number], stage: Stage): Promise<void> {
  switch (event.kind) {
    case "pass":
    case "triage":
      return look(event, stage);
    case "kill":
    case "slip":
      stage.pending.push(event);
      return;
    default:
      if ("edge" in event) happen(event, stage.sandbox);
      else act(event as DeskAction, stage.sandbox);
  }
}

async function look({ kind, host, away }: Look, stage: Stage): Promise<void> {
  const { engine, sandbox } = stage;
  const service = kind === "pass" ? "service-outage-monitor" : "service-outage-triage";
  if (away === undefined) return underMishaps(stage, "a look", () => repeated(() => engine.run(service, host), stage));
  const fault = sandbox.faults.add({ system: away, kind: "503", ...(away === "velocloud" && { host }) });
  // A pass that cannot read anything fails; the next one comes in ten minutes.
  await engine.run(service, host).catch(() => undefined);
  sandbox.faults.remove(fault.id);
  await idle(engine);
}

/** Does some work while the mishaps strike that are pending, and waits until all that follows is done. */
async function underMishaps(stage: Stage, kind: Kill["during"], work: () => Promise<void>): Promise<void> {
  const { engine, sandbox } = stage;
  const strikesNow = (mishap: Kill | Mishap) => (mishap.kind === "kill" ? mishap.during : "delayed work") === kind;
  const mishaps = stage.pending.filter(strikesNow);
  stage.pending = stage.pending.filter((mishap) => !strikesNow(mishap));
  for (const { slip } of mishaps.filter((each) => each.kind === "slip")) {
    sandbox.faults.add({
      system: "bruin",
      method: slip.method,
      path: slip.path,
      kind: slip.fault,
      when: slip.when,
      times: 1,
    });
    stage.lostCalls += 1;
  }
  const kills = mishaps.filter((each) => each.kind === "kill");
  if (kills.length === 0) {
    await work();
  } else {
    const working = work().catch(() => undefined);
    for (const kill of kills) await strike(kill, stage);
    await working;
    // Whoever starts again looks at once, and a pass that failed is made up for.
    await engine.ready();
    await repeated(work, stage);
  }
  await idle(engine);
  sandbox.faults.removeAll();
}

const REPEAT_MS = 60_000;

/** A third party is given some seconds of rest after it has failed, in real time; the day waits for that. */
async function repeated(work: () => Promise<void>, stage: Stage): Promise<void> {
  const deadline = Date.now() + REPEAT_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      stage.repeats += 1;
      await sleep(500);
    }
  }
}

async function strike({ victim, afterMs }: Kill, stage: Stage): Promise<void> {
  const { engine, nats, redis } = stage;
  await sleep(afterMs);
  if (victim === "nats" || victim === "nats-leader") {
    await nats.kill(victim);
  } else if (victim === "redis") {
    await redis.kill();
    await sleep(150);
    await redis.restart();
  } else {
    await engine.kill(victim);
    await engine.restart(victim);
  }
  stage.kills += 1;
}

/** Waits until nothing is left that is due; seen twice, because one job may put down another. */
async function idle(engine: Engine): Promise<void> {
  const deadline = Date.now() + IDLE_MS;
  let quiet = 0;
  for (;;) {
    const due = await engine.outstanding().then(
      (outstanding) => outstanding.due,
      (error: unknown) => [String(error)],
    );
    quiet = due.length === 0 ? quiet + 1 : 0;
    if (quiet === 2) return;
    if (Date.now() > deadline) throw new Error(`still busy after ${IDLE_MS / 1_000} s: ${due.join(", ")}`);
    await sleep(LOOK_MS);
  }
}
