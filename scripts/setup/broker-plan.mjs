import { aptCommands } from "./installers.mjs";

/**
 * @typedef {object} MachineFacts what a machine without brokers can do
 * @property {boolean} docker a Docker engine answers
 * @property {boolean} apt `apt-get` is there
 * @property {boolean} root we are root
 * @property {boolean} sudo `sudo` asks for no password
 * @property {boolean} brew Homebrew is there
 *
 * @typedef {{ way: "docker" } | { way: "apt" | "brew", commands: string[][] }} BrokerPlan
 *
 * @typedef {Readonly<Record<string, { image: string, apt: string, brew: string }>>} BrokerPrograms
 */

/**
 * Ways to get the missing programs without asking anybody, best first; none when nothing is missing.
 *
 * @param {BrokerPrograms} missing
 * @param {MachineFacts} facts
 * @returns {BrokerPlan[]}
 */
export function brokerPlans(missing, facts) {
  if (Object.keys(missing).length === 0) return [];
  /** @type {BrokerPlan[]} */
  const plans = [];
  if (facts.docker) plans.push({ way: "docker" });
  if (facts.apt && (facts.root || facts.sudo))
    plans.push({ way: "apt", commands: aptCommands(named(missing, "apt"), facts) });
  // Homebrew refuses to run as root.
  if (facts.brew && !facts.root)
    plans.push({ way: "brew", commands: [["brew", "install", ...named(missing, "brew")]] });
  return plans;
}

/**
 * The commands that a person can run where we cannot.
 *
 * @param {BrokerPrograms} missing
 * @param {Pick<MachineFacts, "apt" | "root"> & { platform: string }} facts
 * @returns {string[]}
 */
export function commandsForThePerson(missing, { apt, root, platform }) {
  const sudo = root ? "" : "sudo ";
  if (apt) return [`${sudo}apt-get update`, `${sudo}apt-get install -y ${named(missing, "apt").join(" ")}`];
  if (platform === "darwin") return [`brew install ${named(missing, "brew").join(" ")}`];
  return Object.values(missing).map(({ image }) => `docker pull ${image}`);
}

/**
 * @param {BrokerPrograms} missing
 * @param {"apt" | "brew"} installer
 */
function named(missing, installer) {
  return Object.values(missing).map((program) => program[installer]);
}
