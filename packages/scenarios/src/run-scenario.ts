import type { ServiceDefinition } from "@trunkline/service";
import type { Expectations } from "./format/expectations.ts";
import type { Scenario } from "./format/scenario.ts";
import { problemsOf, type Seen } from "./match/look.ts";
import type { Lane } from "./stage/lane.ts";
import { openStage, type Stage } from "./stage/stage.ts";

/** What came of a scenario. */
export type Outcome =
  | { readonly state: "passed"; readonly milliseconds: number }
  | { readonly state: "skipped"; readonly reason: string }
  | { readonly state: "failed"; readonly milliseconds: number; readonly problems: readonly string[] };

/** Plays a scenario with the real service and looks whether it did what is written there. Never throws. */
export async function runScenario(scenario: Scenario, definition: ServiceDefinition, lane: Lane): Promise<Outcome> {
  const start = performance.now();
  const problems = await play(scenario, definition, lane).catch((error: unknown) => [String(error)]);
  const milliseconds = performance.now() - start;
  return problems.length === 0 ? { state: "passed", milliseconds } : { state: "failed", milliseconds, problems };
}

async function play(scenario: Scenario, definition: ServiceDefinition, lane: Lane): Promise<string[]> {
  const strangers = unknownSubjects(scenario, definition);
  if (strangers.length > 0) return strangers;
  const stage = await openStage(lane, definition, scenario);
  try {
    for (const [index, step] of scenario.when.entries()) {
      if (step.then === undefined) {
        await stage.perform(step);
        continue;
      }
      const problems = await look(step.then, stage, scenario);
      if (problems.length > 0) return [`at step ${index + 1}:`, ...problems];
    }
    return await look(scenario.expected, stage, scenario);
  } finally {
    await stage.stop();
  }
}

async function look(expected: Expectations, { recorder, counters }: Stage, { words }: Scenario): Promise<string[]> {
  const seen: Seen = {
    effects: recorder.effects,
    reads: recorder.reads,
    jobs: recorder.jobs.filter(({ kind }) => words.jobs.includes(kind)),
    growths: await counters.taken(),
  };
  const problems = problemsOf(expected, seen);
  if (problems.length > 0) problems.push(...recorder.remarks.map((remark) => `the service says: ${remark}`));
  recorder.forget();
  return problems;
}

/** A reply or an expectation for a subject that the service does not know would never be noticed. */
function unknownSubjects({ given, expected }: Scenario, { asks, publishes }: ServiceDefinition): string[] {
  const known = new Set([...asks, ...publishes].map(({ subject }) => subject));
  const named = [
    ...Object.keys(given.replies ?? {}),
    ...(expected.reads?.excludes ?? []).map((read) => (typeof read === "string" ? read : (Object.keys(read)[0] ?? ""))),
  ];
  return named.filter((subject) => !known.has(subject)).map((subject) => `the service does not ask ${subject}`);
}
