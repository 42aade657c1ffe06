import { readFileSync } from "node:fs";
import { brokerPlans, commandsForThePerson } from "./broker-plan.mjs";
import { SetupError } from "./errors.mjs";
import { runInstaller } from "./installers.mjs";
import { machineFacts } from "./machine.mjs";
import { installed } from "./programs.mjs";
import { runShown, say, step } from "./progress.mjs";
import { succeeds } from "./run-captured.mjs";

/** What each server is called by those who hand it out; the package that starts them reads the same file. */
const programsFile = new URL("../../packages/brokers/programs.json", import.meta.url);

/** Sees to it that NATS and Redis can be started: as programs of this machine, else in containers. */
export async function ensureBrokers() {
  const programs = JSON.parse(readFileSync(programsFile, "utf8"));
  if (missingOf(programs).length === 0) {
    say(`brokers are here: ${Object.keys(programs).map(installed).join(", ")}`);
    return;
  }
  say(`${missingOf(programs).join(" and ")} cannot be found; looking for a way to get what is missing`);
  const facts = await machineFacts();
  const missing = Object.fromEntries(missingOf(programs).map((name) => [name, programs[name]]));
  for (const plan of brokerPlans(missing, facts)) {
    if (await worked(plan, missing)) return;
  }
  throw new SetupError(
    `the demo and the tests need NATS and Redis, and ${Object.keys(missing).join(" and ")} cannot be had without you. ` +
      `Please run\n\n    ${commandsForThePerson(missing, { ...facts, platform: process.platform }).join("\n    ")}\n\n` +
      "or start a Docker engine, and then run the command again.",
  );
}

/** @param {import("./broker-plan.mjs").BrokerPrograms} programs */
function missingOf(programs) {
  return Object.keys(programs).filter((name) => installed(name) === undefined);
}

/**
 * A way that fails is told about and leads to the next one.
 *
 * @param {import("./broker-plan.mjs").BrokerPlan} plan
 * @param {import("./broker-plan.mjs").BrokerPrograms} missing
 */
async function worked(plan, missing) {
  try {
    if (plan.way === "docker") await fetchImages(Object.values(missing).map(({ image }) => image));
    else await runInstaller(plan.commands);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    return false;
  }
  return plan.way === "docker" || missingOf(missing).length === 0;
}

/** @param {string[]} images */
async function fetchImages(images) {
  if (await succeeds(["docker", "image", "inspect", ...images])) {
    say(`a Docker engine runs and has ${images.join(" and ")}`);
    return;
  }
  await step(`fetching ${images.join(" and ")} with the Docker engine`, async () => {
    for (const image of images) await runShown(["docker", "pull", image]);
  });
}
