import { runShown, step } from "./progress.mjs";

/**
 * @param {string[]} packages
 * @param {{ root: boolean }} facts without root, `sudo` is used, which must not ask for a password
 * @returns {string[][]} update, then install
 */
export function aptCommands(packages, { root }) {
  const sudo = root ? [] : ["sudo", "-n"];
  const patient = ["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=3"];
  const quiet = ["env", "DEBIAN_FRONTEND=noninteractive"];
  return [
    [...sudo, "apt-get", "update", ...patient],
    [...sudo, ...quiet, "apt-get", "install", "-y", "--no-install-recommends", ...patient, ...packages],
  ];
}

/**
 * Runs the commands one after the other, each as a step of its own.
 *
 * @param {string[][]} commands
 */
export async function runInstaller(commands) {
  for (const command of commands) await step(command.join(" "), () => runShown(command));
}
