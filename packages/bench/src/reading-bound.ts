import { startAsked } from "./asked-process.ts";

/** A request whose reply is fetched and parsed. */
export interface Reading {
  readonly subject: string;
  readonly body: object;
  readonly timeoutMs: number;
}

/** What reading the replies took. */
export interface ReadingCost {
  readonly milliseconds: number;
  /** Of the reading process alone, all its threads. */
  readonly cpuMilliseconds: number;
  /** Of the replies as they were parsed. */
  readonly bytes: number;
}

/** The least that reading replies can cost: the bare client, one GET where a reply waits in Redis, one parse. */
export interface ReadingBound {
  /** One after the other. @throws Error when a reply is no success */
  read(readings: readonly Reading[]): Promise<ReadingCost>;
  stop(): Promise<void>;
}

export async function startReadingBound(natsUrl: string, redisUrl: string): Promise<ReadingBound> {
  const file = new URL("reading-bound-main.ts", import.meta.url);
  const { child } = await startAsked<readonly Reading[], ReadingCost>({
    name: "the lower bound",
    file,
    args: [natsUrl, redisUrl],
  });
  return { read: (readings) => child.ask(readings), stop: () => child.stop() };
}
