import type { ServiceDefinition } from "@trunkline/service";
import type { Scenario } from "./format/scenario.ts";
import { type Outcome, runScenario } from "./run-scenario.ts";
import { type Lane, openLane } from "./stage/lane.ts";

/** Brokers for as many scenarios at once as there are lanes. */
export interface ScenarioRunner extends AsyncDisposable {
  /** Waits for a free lane. */
  run(scenario: Scenario): Promise<Outcome>;
  stop(): Promise<void>;
}

export interface RunnerOptions {
  definitionOf(service: string): Promise<ServiceDefinition>;
  /** @default 3 */
  readonly lanes?: number;
}

/** Each scenario has brokers to itself while it runs; they are used again by the next. */
export async function openScenarioRunner({ definitionOf, lanes: count = 3 }: RunnerOptions): Promise<ScenarioRunner> {
  const lanes = await Promise.all(Array.from({ length: count }, openLane));
  const free = [...lanes];
  const waiting: ((lane: Lane) => void)[] = [];
  const take = () => {
    const lane = free.pop();
    return lane === undefined ? new Promise<Lane>((resolve) => waiting.push(resolve)) : Promise.resolve(lane);
  };
  const giveBack = (lane: Lane) => {
    const next = waiting.shift();
    if (next === undefined) free.push(lane);
    else next(lane);
  };
  const stop = async () => {
    await Promise.all(lanes.map((lane) => lane.stop()));
  };
  return {
    run: async (scenario) => {
      if (scenario.skip !== undefined) return { state: "skipped", reason: scenario.skip };
      const definition = await definitionOf(scenario.service);
      const lane = await take();
      try {
        return await runScenario(scenario, definition, lane);
      } finally {
        giveBack(lane);
      }
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
