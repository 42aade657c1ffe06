import { spawn } from "node:child_process";
import { styleText } from "node:util";
import type { Gate } from "./gates.ts";
import { emptyTally, type Tally } from "./tally.ts";

/** Runs one gate, says how it went and how long it took, and shows what its commands said when it fails. */
export async function runStep(gate: Gate, signal: AbortSignal): Promise<Tally> {
  const start = performance.now();
  for (const command of gate.commands) {
    const { code, output } = await run(command, signal);
    if (code === 0) continue;
    say(styleText("red", `✗ ${gate.name}`), start);
    console.log(`\n${output.trimEnd()}\n\n${command.join(" ")} ended with ${code}\n`);
    return { ...emptyTally, failed: [gate.name] };
  }
  say(styleText("green", `✓ ${gate.name}`), start);
  return { ...emptyTally, passed: 1 };
}

function say(what: string, start: number): void {
  console.log(`${what}  ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

function run(
  [program = "", ...args]: readonly string[],
  signal: AbortSignal,
): Promise<{ code: unknown; output: string }> {
  return new Promise((resolve, reject) => {
    let output = "";
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const end = () => child.kill("SIGTERM");
    signal.addEventListener("abort", end, { once: true });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code, killedBy) => {
      signal.removeEventListener("abort", end);
      resolve({ code: code ?? killedBy, output });
    });
  });
}
