import { spawn } from "node:child_process";

/**
 * Runs a command without a keyboard and keeps what it says.
 *
 * @param {string[]} command
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} options
 * @returns {Promise<{ outcome: string | undefined, output: string }>} `outcome` says how it failed, if it did
 */
export function runCaptured([program = "", ...args], { cwd, env = process.env, onLine = () => {} }) {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const hear = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString("utf8");
      const line = output
        .trimEnd()
        .split(/[\r\n]/)
        .at(-1)
        ?.trim();
      if (line) onLine(line);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", (error) => resolve({ outcome: `could not be started (${error.message})`, output }));
    child.on("close", (code, signal) => {
      resolve({ outcome: code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`, output });
    });
  });
}

/**
 * Whether a command succeeds within a few seconds; for finding out what a machine can do.
 *
 * @param {string[]} command
 */
export async function succeeds([program = "", ...args]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "ignore", timeout: 10_000, killSignal: "SIGKILL" });
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
}
