import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

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

/** A contender in a process of its own, as services run: nobody's garbage and compiled code are in another's way. */
export interface ContenderProcess {
  readonly name: ContenderName;
  /** @returns requests per second with so many under way at once */
  run(lap: Lap): Promise<number>;
  stop(): Promise<void>;
}

export async function startContender({ name, natsUrl, redisUrl }: ContenderOptions): Promise<ContenderProcess> {
  const file = new URL("contender-main.ts", import.meta.url);
  const child = fork(file, [name, natsUrl, redisUrl], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await answerOf<"ready">(child, name);
  return {
    name,
    async run(lap) {
      child.send(lap);
      return answerOf<number>(child, name);
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, "exit");
    },
  };
}

async function answerOf<Answer>(child: ChildProcess, name: string): Promise<Answer> {
  const listening = new AbortController();
  const { signal } = listening;
  const died = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`the process of ${name} ended with ${String(code)}`);
  });
  // It is told to stop listening once there is an answer.
  died.catch(() => undefined);
  try {
    const [answer] = await Promise.race([once(child, "message", { signal }), died]);
    return answer as Answer;
  } finally {
    listening.abort();
  }
}
