import { type MovableClock, movableClock } from "@trunkline/clock";
import { type RunningService, type ServiceDefinition, startService } from "@trunkline/service";
import { eventually } from "@trunkline/testkit";
import { pino } from "pino";
import type { Scenario } from "../format/scenario.ts";
import type { Step } from "../format/step.ts";
import { createWorld, type World } from "../world/world.ts";
import { type Counters, createCounters } from "./counters.ts";
import type { Lane } from "./lane.ts";
import { createPendingJobs, type PendingJobs } from "./pending-jobs.ts";
import { createRecorder, type Recorder } from "./recorder.ts";
import { type Tap, type TappedSchedule, tapped } from "./tapped.ts";

/** A service in the world of a scenario. */
export interface Stage {
  readonly recorder: Recorder;
  readonly counters: Counters;
  /** Lets something happen and waits until everything that follows at once is done. @throws StillBusy */
  perform(step: Step): Promise<void>;
  stop(): Promise<void>;
}

const DEFAULT_NOW = "2022-06-03T15:00:00Z";
/** Of real time, for what follows at once; a retry waits longer. */
const REST_MS = 10_000;
const FINISH_MS = 60_000;

export async function openStage(lane: Lane, definition: ServiceDefinition, scenario: Scenario): Promise<Stage> {
  const clock = movableClock(new Date(scenario.given.now ?? DEFAULT_NOW));
  const world = createWorld(scenario.given, clock.now);
  await lane.enter(world, definition.asks);
  const recorder = createRecorder();
  const counters = createCounters(scenario.words.metrics);
  const jobs = createPendingJobs(clock, recorder);
  const start = () => startOn({ lane, definition, scenario, clock, recorder, counters, jobs });
  const play: Play = { lane, definition, clock, world, recorder, jobs, service: await start(), restarted: start };
  return {
    recorder,
    counters,
    perform: async (step) => {
      await performed(step, play);
    },
    stop: () => play.service.running.stop(),
  };
}

interface Surroundings {
  readonly lane: Lane;
  readonly definition: ServiceDefinition;
  readonly scenario: Scenario;
  readonly clock: MovableClock;
  readonly recorder: Recorder;
  readonly counters: Counters;
  readonly jobs: PendingJobs;
}

interface Tapping {
  readonly running: RunningService;
  readonly schedules: readonly TappedSchedule[];
  readonly consumed: ReadonlyMap<string, number>;
}

async function startOn({
  lane,
  definition,
  scenario,
  clock,
  recorder,
  counters,
  jobs,
}: Surroundings): Promise<Tapping> {
  const schedules: TappedSchedule[] = [];
  const consumed = new Map<string, number>();
  const tap: Tap = { recorder, jobs, schedules, consumed, opened: ({ metrics }) => counters.watch(metrics) };
  const env = lane.brokers.environment(environmentTexts(scenario.environment));
  const running = await startService(tapped(definition, tap), { env, clock, logger: remarking(recorder) });
  return { running, schedules, consumed };
}

interface Play {
  readonly lane: Lane;
  readonly definition: ServiceDefinition;
  readonly clock: MovableClock;
  readonly world: World;
  readonly recorder: Recorder;
  readonly jobs: PendingJobs;
  service: Tapping;
  restarted(): Promise<Tapping>;
}

async function performed(step: Step, play: Play): Promise<void> {
  if (step.change !== undefined) play.world.change(step.change);
  if (step.run !== undefined) await run(step.run, play);
  if (step.advance !== undefined) await advance(step.advance, play);
  if (step.restart) {
    await play.service.running.stop();
    play.service = await play.restarted();
  }
  for (const [subject, body] of Object.entries(step.message ?? {})) await publish(subject, body, play);
  await play.jobs.none("untried", REST_MS);
  if (step.finish) await play.jobs.none("unfinished", FINISH_MS);
}

async function run(name: string, { service, recorder }: Play): Promise<void> {
  const { signal } = new AbortController();
  const logger = remarking(recorder);
  const runs = service.schedules.filter((schedule) => schedule.name === name);
  if (runs.length === 0) throw new Error(`the service has no schedule "${name}"`);
  const outcomes = await Promise.allSettled(runs.map(({ work }) => work({ signal, fencingToken: 1, logger })));
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") recorder.remarks.push(`${name} ended with ${outcome.reason}`);
  }
}

/** Time passes from one job that becomes due to the next: each sees the present in which it is due. */
async function advance(milliseconds: number, { clock, jobs, service }: Play): Promise<void> {
  const end = new Date(clock.now().getTime() + milliseconds);
  for (;;) {
    const due = jobs.nextDue();
    const isLast = due === undefined || due > end;
    clock.set(isLast ? end : new Date(Math.max(due.getTime(), clock.now().getTime())));
    await service.running.promoteDueJobs();
    await jobs.none("untried", REST_MS);
    if (isLast) return;
  }
}

async function publish(subject: string, body: unknown, { definition, lane, service }: Play): Promise<void> {
  const contract = definition.consumes.find((consumed) => consumed.subject === subject);
  if (contract === undefined) throw new Error(`the service does not consume ${subject}`);
  const before = service.consumed.get(subject) ?? 0;
  await lane.brokers.bus.publish(contract, body);
  await eventually(() => (service.consumed.get(subject) ?? 0) > before, { timeout: REST_MS, interval: 2 });
}

/** Services read texts; lists and objects are JSON there. */
function environmentTexts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(values).flatMap(([name, value]): [string, string][] => {
    if (value === null) return [];
    return [[name, typeof value === "string" ? value : JSON.stringify(value)]];
  });
  return Object.fromEntries(texts);
}

/** Keeps what the service complains of. */
function remarking({ remarks }: Recorder) {
  return pino(
    { level: "warn", base: null, timestamp: false },
    { write: (line: string) => remarks.push(remarkOf(line)) },
  );
}

/** Without what is the same in every line, or another one in every run. */
function remarkOf(line: string): string {
  const { msg, level, service, environment, version, request_id, trace_id, span_id, ...facts } = JSON.parse(line);
  return `${msg} ${JSON.stringify(facts)}`;
}
