import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A process of its own that answers one question at a time: nobody's garbage and compiled code are in its way. */
export interface AskedProcess<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  stop(): Promise<void>;
}

export interface AskedProcessOptions {
  /** Who it is in errors. */
  readonly name: string;
  /** Sends a first message when it is ready, then one for each that it receives; ends when it is let go of. */
  readonly file: URL;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** @returns the process and its first message, once that has come */
export async function startAsked<Question extends object, Answer, Ready = unknown>(
  options: AskedProcessOptions,
): Promise<{ readonly child: AskedProcess<Question, Answer>; readonly ready: Ready }> {
  const { name, file, args = [], env = process.env } = options;
  const child = fork(file, args, { stdio: ["ignore", "ignore", "inherit", "ipc"], env });
  const ready = await answerOf<Ready>(child, name);
  return {
    ready,
    child: {
      async ask(question) {
        child.send(question);
        return answerOf<Answer>(child, name);
      },
      async stop() {
        if (child.exitCode !== null) return;
        child.disconnect();
        await once(child, "exit");
      },
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
