import type { NetworkEvent } from "../../world/event-log.ts";
import type { Link } from "../../world/model.ts";
import type { Probe } from "../../world/probes.ts";
import type { World } from "../../world/world.ts";

/** The two tests that every probe runs, each once in a quarter of an hour. */
export const testKinds = [
  { module: "N2N", type: "Network KPI", tag: "Core", options: "DSCP Setting: Best Effort" },
  { module: "RealService", type: "HTTP Server Test", tag: "Internet", options: "" },
] as const;

export type TestKind = (typeof testKinds)[number];

/** A test that a probe has run. Passed while every line of its site works, failed while one is dead. */
export interface TestRun {
  readonly id: number;
  /** The test as such, run after run. */
  readonly testId: number;
  readonly kind: TestKind;
  readonly probe: Probe;
  readonly at: Date;
  readonly passed: boolean;
}

const EVERY_MS = 900_000;
/** Tests that the numbers of runs leave room for. */
const MOST_TESTS = 1_000_000;

/** What a probe has tested from `start` to `end`, oldest first. Nothing runs while its site is dark. */
export function testRuns(world: World, probe: Probe, { start, end }: { start: Date; end: Date }): TestRun[] {
  const until = Math.min(end.getTime(), world.clock.now().getTime());
  const events = world.events.between(probe.edges, new Date(0), new Date(until));
  const runs: TestRun[] = [];
  for (let slot = Math.floor(start.getTime() / EVERY_MS); slot * EVERY_MS <= until; slot++) {
    for (const [index, kind] of testKinds.entries()) {
      const run = runIn(slot, { index, kind, probe, events });
      if (run !== undefined && run.at >= start && run.at.getTime() <= until) runs.push(run);
    }
  }
  return runs;
}

/** A run by its number; undefined when there is none. */
export function testRun(world: World, id: number): TestRun | undefined {
  const testId = id % MOST_TESTS;
  const probe = world.probes.byId(Math.floor(testId / testKinds.length));
  const at = new Date(Math.floor(id / MOST_TESTS) * EVERY_MS);
  if (probe === undefined || Number.isNaN(at.getTime())) return undefined;
  return testRuns(world, probe, { start: at, end: new Date(at.getTime() + EVERY_MS) }).find((run) => run.id === id);
}

interface Schedule {
  readonly index: number;
  readonly kind: TestKind;
  readonly probe: Probe;
  /** Newest first. */
  readonly events: readonly NetworkEvent[];
}

/** Probes do not all test in the same second. */
function runIn(slot: number, { index, kind, probe, events }: Schedule): TestRun | undefined {
  const at = new Date(slot * EVERY_MS + ((probe.id * 37 + index * 400) % 900) * 1_000);
  const past = events.filter((event) => event.at <= at);
  if (wasStopped(probe, at) || probe.edges.every((edge) => last(past, edge, isAboutEdge)?.name === "EDGE_DOWN"))
    return undefined;
  const testId = probe.id * testKinds.length + index;
  const passed = !probe.edges.some((edge) =>
    edge.links.some((link) => last(past, edge, isAboutLink(link))?.name === "LINK_DEAD"),
  );
  return { id: slot * MOST_TESTS + testId, testId, kind, probe, at, passed };
}

function wasStopped({ failures }: Probe, at: Date): boolean {
  return failures.some(({ from, until }) => from <= at && (until === null || at < until));
}

type Question = (event: NetworkEvent) => boolean;

function last(past: readonly NetworkEvent[], edge: NetworkEvent["edge"], question: Question): NetworkEvent | undefined {
  return past.find((event) => event.edge === edge && question(event));
}

const isAboutEdge: Question = ({ name }) => name === "EDGE_DOWN" || name === "EDGE_UP";

function isAboutLink(link: Link): Question {
  return ({ name, message }) =>
    (name === "LINK_DEAD" || name === "LINK_ALIVE") && message.startsWith(`Link ${link.interface} is `);
}
