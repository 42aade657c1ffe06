import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A process that cannot outlive ours. */
export interface BoundChild {
  readonly pid: number;
  /** Settles when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Sends the signal and waits for the end; SIGKILL follows after the grace period. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

export interface BoundChildOptions {
  readonly program: string;
  readonly arguments: readonly string[];
  /** Variables beside ours. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** File descriptor that gets what it prints. */
  readonly output: number;
  /** Removed if our process dies before it. */
  readonly scratchFolder: string | undefined;
}

const graceMs = 5_000;

/**
 * Starts the program in a process group of its own, so that a Ctrl-C meant for us does not end it before we have
 * finished with it.
 */
export async function startBoundChild(options: BoundChildOptions): Promise<BoundChild> {
  const { program, output } = options;
  const env = { ...process.env, ...options.environment };
  const child = spawn(program, options.arguments, { env, stdio: ["ignore", output, output], detached: true });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await once(child, "spawn");
  const pid = idOf(child);
  const watchdog = startWatchdog(pid, options.scratchFolder);
  child.once("exit", () => dismiss(watchdog));
  // A server that is still up is no reason for our process to stay.
  child.unref();

  return {
    pid,
    ended,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      child.kill(signal);
      const force = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await ended.finally(() => clearTimeout(force));
    },
  };
}

/**
 * Waits for the end of a pipe that only our process holds open, which also comes when we are killed (-9), then ends
 * the child.
 */
function startWatchdog(pid: number, scratchFolder: string | undefined): ChildProcess {
  const script = 'while read -r line; do :; done; kill -9 "$1" 2>/dev/null; if [ -n "$2" ]; then rm -rf "$2"; fi';
  const watchdog = spawn("/bin/sh", ["-c", script, "watchdog", String(pid), scratchFolder ?? ""], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watchdog.unref();
  return watchdog;
}

function dismiss(watchdog: ChildProcess): void {
  if (watchdog.pid === undefined) return;
  try {
    process.kill(-watchdog.pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

function idOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error("a process that was spawned has no id");
  return child.pid;
}
