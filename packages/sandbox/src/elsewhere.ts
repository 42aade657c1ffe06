import { systemClock } from "@trunkline/clock";
import { environmentOf, type StandInAddresses } from "./environment.ts";
import { seededRandom } from "./random.ts";
import { API_USER } from "./sandbox.ts";
import { allStandIns } from "./stand-ins/all.ts";
import { mailAccounts } from "./stand-ins/imap.ts";
import { createWorld } from "./world/world.ts";

/**
 * The variables that make a service talk to a sandbox that runs elsewhere, such as in a container. Nothing is started
 * for it.
 */
export function environmentElsewhere(service: string, addresses: StandInAddresses): Record<string, string> {
  const world = createWorld({ clock: systemClock, seed: 1, fleet: { edges: 9 }, apiUser: API_USER, mailAccounts });
  const standIns = allStandIns({ world, random: seededRandom(1), settings: {} });
  return environmentOf(service, standIns, addresses);
}
