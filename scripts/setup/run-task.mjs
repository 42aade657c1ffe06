import { spawn } from "node:child_process";
import { constants } from "node:os";

/** The same Ctrl-C can reach us twice: from the terminal and from npm, which passes it on. */
const sameKeystrokeMs = 1_000;

/**
 * Runs the task in place of us: same terminal, same exit code. It gets a process group of its own, and signals through
 * us, so that it sees each Ctrl-C once and can stop in its own time.
 *
 * @param {string[]} command
 * @param {{ root: string, toolchain: import("./toolchain.mjs").Toolchain, taskArguments: string[] }} options
 * @returns {Promise<number>} the exit code
 */
export async function runTask([program = "", ...args], { root, toolchain, taskArguments }) {
  const child = spawn(program, [...args, ...taskArguments], {
    cwd: root,
    env: toolchain.environment,
    stdio: "inherit",
    detached: true,
  });
  const stopForwarding = forwardSignals((signal) => child.kill(signal));
  const watchdog = startWatchdog(child.pid);
  try {
    return await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    });
  } finally {
    stopForwarding();
    watchdog.kill("SIGKILL");
  }
}

/** @param {(signal: NodeJS.Signals) => void} forward */
function forwardSignals(forward) {
  let lastInterrupt = Number.NEGATIVE_INFINITY;
  const interrupt = () => {
    const now = Date.now();
    if (now - lastInterrupt >= sameKeystrokeMs) forward("SIGINT");
    lastInterrupt = now;
  };
  const end = () => forward("SIGTERM");
  process.on("SIGINT", interrupt).on("SIGTERM", end).on("SIGHUP", end);
  return () => process.off("SIGINT", interrupt).off("SIGTERM", end).off("SIGHUP", end);
}

/**
 * If we are killed (-9), the pipe that only we hold open ends, and the task is asked to stop.
 *
 * @param {number | undefined} pid
 */
function startWatchdog(pid) {
  const script = 'while read -r line; do :; done; kill -TERM "$1" 2>/dev/null';
  const watchdog = spawn("/bin/sh", ["-c", script, "watchdog", String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  watchdog.unref();
  return watchdog;
}
