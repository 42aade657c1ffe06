import { randomInt } from "node:crypto";

/**
 * Below the ranges from which Linux (32768) and macOS (49152) take the ports of outgoing connections: a client that
 * keeps trying to reach a killed server there would sooner or later be given that very port and connect to itself.
 */
const lowest = 15_000;
const highest = 32_000;

/** A port to try. Only the server itself can take it for sure, so whoever calls tries another when it is refused. */
export function portToTry(): number {
  return randomInt(lowest, highest);
}
