import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { FaultKind } from "@trunkline/sandbox";

/** The sandbox in a process of its own, so that neither the bridges nor whoever measures them waits for it. */
export interface SandboxProcess {
  /** The variables that make a service talk to it. */
  environment(service: string): Promise<Record<string, string>>;
  read<Answer>(path: string): Promise<Answer>;
  /** @returns the fault's id */
  addFault(fault: { system: string; kind: FaultKind; times?: number; delayMs?: number }): Promise<string>;
  removeFault(id: string): Promise<void>;
  removeFaults(): Promise<void>;
  stop(): Promise<void>;
}

const mainFile = fileURLToPath(new URL("../../packages/sandbox/src/main.ts", import.meta.url));
const ports = ["", "THIRD_PARTY_", "SMTP_", "IMAP_", "T7_", "NATS_"].map((name) => `SANDBOX_${name}PORT`);
const anyPorts = Object.fromEntries(ports.map((name) => [name, "0"]));

export async function startSandboxProcess(): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [mainFile], {
    env: { PATH: process.env.PATH, ...anyPorts },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await consoleOf(child.stdout);
  const call = async (method: string, path: string, body?: object) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body), headers: json };
    const response = await fetch(new URL(path, url), init);
    if (!response.ok) throw new Error(`the sandbox answered ${method} ${path} with ${response.status}`);
    return response.json();
  };
  return {
    environment: (service) => call("GET", `/api/environment/${service}`) as Promise<Record<string, string>>,
    read: <Answer>(path: string) => call("GET", path) as Promise<Answer>,
    addFault: async (fault) => ((await call("POST", "/api/faults", fault)) as { id: string }).id,
    removeFault: async (id) => void (await call("DELETE", `/api/faults/${id}`)),
    removeFaults: async () => void (await call("DELETE", "/api/faults")),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

const json = { "content-type": "application/json" };

/** @throws when the sandbox ends before it says where it is */
async function consoleOf(output: NodeJS.ReadableStream): Promise<string> {
  let console: string | undefined;
  // To its end, so that the process never waits for a reader.
  const said = createInterface({ input: output });
  const found = new Promise<string>((resolve, reject) => {
    said.on("line", (line) => {
      console ??= /control API +(http:\S+)/.exec(line)?.[1];
      if (console !== undefined) resolve(console);
    });
    said.once("close", () => reject(new Error("the sandbox ended before it was ready")));
  });
  return found;
}
