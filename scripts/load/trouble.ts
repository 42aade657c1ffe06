import { setTimeout as sleep } from "node:timers/promises";
import type { FaultKind, Sandbox } from "@trunkline/sandbox";

interface About {
  readonly systems: readonly { readonly name: string; readonly faultKinds: readonly FaultKind[] }[];
}

const PAUSE_MS = 1_000;

/**
 * Lets third parties fail while the load runs: a few calls at a time, of every system and in every way in turn, and
 * once, in the middle, each system altogether for a twentieth of the time.
 */
export async function makeTrouble(sandbox: Sandbox, seconds: number, signal: AbortSignal): Promise<number> {
  const { systems } = (await (await fetch(`${sandbox.console.url}/api/about`)).json()) as About;
  const troubles = roundRobin(systems);
  const outage = sleep(seconds * 500, undefined, { signal }).then(() => breakDown(sandbox, systems, seconds));
  // The end of the run ends the trouble.
  outage.catch(() => undefined);
  let made = 0;
  while (!signal.aborted) {
    const { system, kind } = troubles();
    sandbox.faults.add({ system, kind, times: kind === "stall" ? 2 : 4, delayMs: kind === "latency" ? 300 : 0 });
    made += 1;
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
  return made;
}

async function breakDown(sandbox: Sandbox, systems: About["systems"], seconds: number): Promise<void> {
  const down = systems.map(({ name: system, faultKinds }) => {
    const kind = faultKinds.includes("503") ? "503" : "unavailable";
    return sandbox.faults.add({ system, kind });
  });
  await sleep(seconds * 50);
  for (const { id } of down) sandbox.faults.remove(id);
}

function roundRobin(systems: About["systems"]): () => { system: string; kind: FaultKind } {
  let turn = 0;
  return () => {
    const { name, faultKinds } = systems[turn % systems.length] ?? { name: "", faultKinds: [] };
    const kind = faultKinds[Math.floor(turn / systems.length) % faultKinds.length] ?? "latency";
    turn += 1;
    return { system: name, kind };
  };
}
