import { setTimeout as sleep } from "node:timers/promises";
import type { FaultKind } from "@trunkline/sandbox";
import type { SandboxProcess } from "./sandbox-process.ts";

interface About {
  readonly systems: readonly { readonly name: string; readonly faultKinds: readonly FaultKind[] }[];
}

const PAUSE_MS = 1_000;

/**
 * Lets third parties fail while the load runs: a few calls at a time, of every system and in every way in turn, and
 * once, in the middle, each system altogether for a twentieth of the time.
 */
export async function makeTrouble(sandbox: SandboxProcess, seconds: number, signal: AbortSignal): Promise<number> {
  const { systems } = await sandbox.read<About>("/api/about");
  const troubles = roundRobin(systems);
  const outage = sleep(seconds * 500, undefined, { signal }).then(() => breakDown(sandbox, systems, seconds));
  // The end of the run ends the trouble.
  outage.catch(() => undefined);
  let made = 0;
  while (!signal.aborted) {
    const { system, kind } = troubles();
    await sandbox.addFault({
      system,
      kind,
      times: kind === "stall" ? 2 : 4,
      ...(kind === "latency" && { delayMs: 300 }),
    });
    made += 1;
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
  return made;
}

async function breakDown(sandbox: SandboxProcess, systems: About["systems"], seconds: number): Promise<void> {
  const faults = await Promise.all(
    systems.map(({ name: system, faultKinds }) =>
      sandbox.addFault({ system, kind: faultKinds.includes("503") ? "503" : "unavailable" }),
    ),
  );
  await sleep(seconds * 50);
  await Promise.all(faults.map((id) => sandbox.removeFault(id)));
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
