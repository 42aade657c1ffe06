import { CommandFailedError } from "./errors.mjs";
import { runCaptured } from "./run-captured.mjs";

const heartbeatMs = 5_000;

/**
 * Says what is being done, does it, and says how long it took.
 *
 * @template Result
 * @param {string} what
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(what, work) {
  const start = Date.now();
  say(`${what} …`);
  const result = await work();
  say(`  done in ${secondsSince(start)} s`);
  return result;
}

/**
 * Runs a command quietly, with a sign of life and the last thing it said every few seconds.
 *
 * @param {string[]} command
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} what it said
 * @throws {CommandFailedError} with what it said
 */
export async function runShown(command, options = {}) {
  const start = Date.now();
  let lastLine = "";
  const heartbeat = setInterval(() => say(`  ${secondsSince(start)} s  ${lastLine}`), heartbeatMs);
  try {
    const { outcome, output } = await runCaptured(command, { ...options, onLine: (line) => (lastLine = line) });
    if (outcome !== undefined) throw new CommandFailedError(command.join(" "), { outcome, output });
    return output;
  } finally {
    clearInterval(heartbeat);
  }
}

/** @param {string} sentence */
export function say(sentence) {
  console.log(`setup: ${sentence}`);
}

/** @param {number} start */
function secondsSince(start) {
  return ((Date.now() - start) / 1000).toFixed(1);
}
