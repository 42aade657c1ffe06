import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Probe } from "./server-kind.ts";

const pauseMs = 10;
const patienceWithOneConnectionMs = 500;

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Resolves once the server answers the probe as expected, or when the signal gives up on it. */
export async function answers(probe: Probe, address: Address, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (await answersNow(probe, address)) return;
    await delay(pauseMs);
  }
}

function answersNow(probe: Probe, { host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect({ host, port });
    const end = (verdict: boolean) => {
      socket.destroy();
      resolve(verdict);
    };
    socket.setTimeout(patienceWithOneConnectionMs, () => end(false));
    socket.setEncoding("utf8");
    socket.on("connect", () => socket.write(probe.say));
    socket.on("data", (text: string) => {
      heard += text;
      if (probe.expect.every((part) => heard.includes(part))) end(true);
    });
    socket.on("error", () => end(false));
    socket.on("close", () => end(false));
  });
}
