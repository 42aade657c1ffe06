import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { type EngineService, untilReady } from "./engine-service.ts";
import { freePort } from "./free-port.ts";

export interface ServiceProcessOptions {
  readonly name: string;
  readonly mainFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** Runs a service as production does: a process of its own that can be ended at any moment. */
export async function startProcess(options: ServiceProcessOptions): Promise<EngineService & Ports> {
  const [healthPort, metricsPort] = await Promise.all([freePort(), freePort()]);
  const ports = { healthPort, metricsPort };
  let child = await launch(options, ports);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  };
  return {
    name: options.name,
    ...ports,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    signal: (signal) => void child.kill(signal),
    async restart() {
      child = await launch(options, ports);
    },
  };
}

type Ports = Required<Pick<EngineService, "healthPort" | "metricsPort">>;

async function launch(options: ServiceProcessOptions, ports: Ports): Promise<ChildProcess> {
  const { healthPort, metricsPort } = ports;
  const { name, mainFile, environment, logFile } = options;
  const child = spawn(process.execPath, [mainFile], {
    env: { PATH: process.env.PATH, ...environment, HEALTH_PORT: String(healthPort), METRICS_PORT: String(metricsPort) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.pipe(createWriteStream(logFile, { flags: "a" }));
  const died = new Promise<never>((_resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code} before it was ready`)));
  });
  // Once it is ready, its end is nobody's failure.
  died.catch(() => undefined);
  await Promise.race([untilReady({ name, healthPort }), died]);
  return child;
}
