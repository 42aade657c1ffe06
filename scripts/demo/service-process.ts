import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createServer } from "node:net";
import type { EngineService } from "./engine-service.ts";
import { until } from "./until.ts";

export interface ServiceProcessOptions {
  readonly name: string;
  readonly mainFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

const startPatienceMs = 60_000;

/** Runs a service as production does: a process of its own that can be ended at any moment. */
export async function startProcess(options: ServiceProcessOptions): Promise<EngineService> {
  const healthPort = await freePort();
  let child = await launch(options, healthPort);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  return {
    name: options.name,
    healthPort,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    async restart() {
      child = await launch(options, healthPort);
    },
  };
}

async function launch(options: ServiceProcessOptions, healthPort: number): Promise<ChildProcess> {
  const { name, mainFile, environment, logFile } = options;
  const child = spawn(process.execPath, [mainFile], {
    env: { PATH: process.env.PATH, ...environment, HEALTH_PORT: String(healthPort) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.pipe(createWriteStream(logFile, { flags: "a" }));
  await until(`${name} to be ready`, startPatienceMs, async () => {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode} before it was ready`);
    return (await fetch(`http://127.0.0.1:${healthPort}/_ready`)).ok;
  });
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("the system gave no port");
  return address.port;
}
