import { SetupError } from "./errors.mjs";

/**
 * @typedef {object} Task
 * @property {boolean} dependencies whether it needs the workspace installed
 * @property {boolean} brokers whether it starts NATS and Redis
 * @property {boolean} browser whether it uses a headless Chromium where there is one
 * @property {boolean} monitoring whether it uses Prometheus and Alertmanager where they can be had
 * @property {(toolchain: import("./toolchain.mjs").Toolchain) => string[]} command program and arguments
 */

/** @type {Record<string, Task>} */
const tasks = {
  demo: { ...script("scripts/demo.ts"), brokers: true },
  test: { ...script("scripts/test.ts"), brokers: true, browser: true, monitoring: true },
  // The projects that differ from the main branch, or use one that does; what passed before on the same files is not run.
  "test:affected": affected(),
  check: script("scripts/test.ts", "--static"),
  bench: { ...script("scripts/bench.ts"), brokers: true },
  "bench:outage": { ...script("scripts/bench-outage.ts"), brokers: true },
  load: { ...script("scripts/load.ts"), brokers: true },
  conformance: script("scripts/conformance.ts"),
  scenarios: { ...script("scripts/scenarios.ts"), brokers: true },
  panels: { ...script("scripts/panels.ts"), brokers: true, browser: true, monitoring: true },
  soak: { ...script("scripts/soak.ts"), brokers: true },
  generate: script("scripts/generate.ts"),
  docs: script("scripts/docs.ts"),
  "new:bridge": script("scripts/new-bridge.ts"),
  // The workspace's own pnpm, for adding a dependency: `npm run pnpm -- add zod --filter @trunkline/bus`.
  pnpm: { dependencies: false, brokers: false, browser: false, monitoring: false, command: ({ pnpm }) => [pnpm] },
};

/**
 * @param {string | undefined} name
 * @returns {Task}
 */
export function taskNamed(name) {
  const task = name !== undefined && Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (task !== undefined) return task;
  throw new SetupError(`there is no task "${name ?? ""}"; there are ${Object.keys(tasks).join(", ")}`);
}

/** @returns {Task} */
function affected() {
  const command = ["exec", "turbo", "run", "test", "--affected"];
  return {
    dependencies: true,
    brokers: true,
    browser: true,
    monitoring: true,
    command: ({ pnpm }) => [pnpm, ...command],
  };
}

/**
 * @param {string[]} command a script and its first arguments
 * @returns {Task}
 */
function script(...command) {
  return {
    dependencies: true,
    brokers: false,
    browser: false,
    monitoring: false,
    command: ({ node }) => [node, ...command],
  };
}
