import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptyTally, type Tally } from "./tally.ts";
import { tallyFileVariable } from "./tally-reporter.ts";

/** Runs the tests of all projects, or those that the arguments select, in one go. */
export async function runVitest(args: readonly string[], signal: AbortSignal): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "trunkline-tally-"));
  try {
    const file = join(folder, "tally.json");
    const reporters = ["--reporter=default", "--reporter=./scripts/test/tally-reporter.ts"];
    const child = spawn("vitest", ["run", ...reporters, ...args], {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, [tallyFileVariable]: file },
    });
    signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
    const [code, killedBy] = (await once(child, "exit")) as [number | null, string | null];
    return judged(await tallyIn(file), code ?? killedBy);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A run that ended badly without a failed test, or without a tally at all, is a failure too. */
export function judged(tally: Tally | undefined, outcome: number | string | null): Tally {
  if (tally === undefined) return { ...emptyTally, failed: [`vitest ended with ${outcome} and without a report`] };
  if (outcome === 0 || tally.failed.length > 0) return tally;
  return { ...tally, failed: [`vitest ended with ${outcome} although no test failed`] };
}

async function tallyIn(file: string): Promise<Tally | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Tally;
  } catch {
    return undefined;
  }
}
