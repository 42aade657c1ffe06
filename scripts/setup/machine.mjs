import { installed } from "./programs.mjs";
import { succeeds } from "./run-captured.mjs";

/**
 * Finds out in which ways programs can be had on this machine.
 *
 * @returns {Promise<import("./broker-plan.mjs").MachineFacts>}
 */
export async function machineFacts() {
  const has = (/** @type {string} */ program) => installed(program) !== undefined;
  const root = process.getuid?.() === 0;
  const [docker, sudo] = await Promise.all([
    has("docker") && succeeds(["docker", "info"]),
    !root && has("sudo") && succeeds(["sudo", "-n", "true"]),
  ]);
  return { docker, root, sudo, apt: has("apt-get"), brew: has("brew") };
}
