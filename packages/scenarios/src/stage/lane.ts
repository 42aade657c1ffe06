import type { RequestContract } from "@trunkline/contracts";
import { startTestBrokers, type TestBrokers } from "@trunkline/testkit";
import type { World } from "../world/world.ts";

/** Brokers and scripted bridges for one scenario at a time. */
export interface Lane {
  readonly brokers: TestBrokers;
  /** Puts a world behind the bridges of these contracts; nothing is left of the scenario before. */
  enter(world: World, asks: readonly RequestContract[]): Promise<void>;
  stop(): Promise<void>;
}

export async function openLane(): Promise<Lane> {
  const brokers = await startTestBrokers();
  const served = new Set<string>();
  let present: World | undefined;
  return {
    brokers,
    enter: async (world, asks) => {
      await brokers.redisClient.flushall();
      present = world;
      for (const contract of asks) {
        if (served.has(contract.subject)) continue;
        served.add(contract.subject);
        await brokers.bus.serve(contract, async (body) => {
          return present?.answer(contract, body) ?? { status: 503, body: "no scenario is running" };
        });
      }
    },
    stop: brokers.stop,
  };
}
