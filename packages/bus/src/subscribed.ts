import { setTimeout as sleep } from "node:timers/promises";
import type { Link } from "./link.ts";

const RETRY_MS = 100;

/** Resolves when the server knows of everything that was subscribed to, or never will. */
export async function subscribed(link: Link): Promise<void> {
  while (await link.whenConnected(Number.POSITIVE_INFINITY)) {
    try {
      await link.nc.flush();
      return;
    } catch {
      // The connection broke; all subscriptions are made again over the next one.
      await sleep(RETRY_MS);
    }
  }
}
