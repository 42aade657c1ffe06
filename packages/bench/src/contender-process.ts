import { startAsked } from "./asked-process.ts";

/** Contenders by the names that the tables use. */
export const contenderNames = ["nats", "Trunkline", "NestJS", "Moleculer", "Moleculer, equipped"] as const;
export type ContenderName = (typeof contenderNames)[number];

export interface ContenderOptions {
  readonly name: ContenderName;
  readonly natsUrl: string;
  readonly redisUrl: string;
}

/** What a contender's process is asked for. */
export interface Lap {
  readonly inFlight: number;
  readonly milliseconds: number;
}

/** A contender in a process of its own, as services run. */
export interface ContenderProcess {
  readonly name: ContenderName;
  /** @returns requests per second with so many under way at once */
  run(lap: Lap): Promise<number>;
  stop(): Promise<void>;
}

export async function startContender({ name, natsUrl, redisUrl }: ContenderOptions): Promise<ContenderProcess> {
  const file = new URL("contender-main.ts", import.meta.url);
  const { child } = await startAsked<Lap, number>({ name, file, args: [name, natsUrl, redisUrl] });
  return { name, run: (lap) => child.ask(lap), stop: () => child.stop() };
}
