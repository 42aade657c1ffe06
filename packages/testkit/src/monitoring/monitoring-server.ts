import { closeSync, openSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { portToTry, startBoundChild } from "@trunkline/brokers";
import { eventually } from "../eventually.ts";
import { type MonitoringProgram, monitoringProgram } from "./monitoring-program.ts";

/** A program of Prometheus' family on a free port, with a folder of its own. */
export interface MonitoringServer {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

export interface ServerPlace {
  /** `127.0.0.1:port` */
  readonly address: string;
  readonly folder: string;
}

export interface MonitoringServerOptions {
  readonly program: MonitoringProgram;
  /** Writes files into the folder and gives the arguments. */
  prepare(place: ServerPlace): Promise<string[]>;
  /** Answered with 200 as soon as the server can be used. */
  readonly readyPath: string;
}

const READY_MS = 20_000;

/** @throws an Error with the server's log when it does not get ready */
export async function startMonitoringServer(options: MonitoringServerOptions): Promise<MonitoringServer> {
  const program = monitoringProgram(options.program);
  if (program === undefined) throw new Error(`${options.program} is not on this machine`);
  const folder = await mkdtemp(join(tmpdir(), `trunkline-${options.program}-`));
  const port = portToTry();
  const address = `127.0.0.1:${port}`;
  const log = openSync(join(folder, "log"), "a");
  const child = await startBoundChild({
    program,
    arguments: await options.prepare({ address, folder }),
    output: log,
    scratchFolder: folder,
  }).finally(() => closeSync(log));
  const stop = async () => {
    await child.end("SIGTERM");
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const url = `http://${address}`;
  const isReady = async () => (await fetch(url + options.readyPath).catch(() => undefined))?.ok === true;
  try {
    await Promise.race([
      eventually(isReady, { timeout: READY_MS, interval: 50 }),
      child.ended.then(() => Promise.reject(new Error("it ended"))),
    ]);
  } catch (error) {
    const said = await readFile(join(folder, "log"), "utf8");
    await stop();
    throw new Error(`${options.program} did not get ready: ${said}`, { cause: error });
  }
  return { url, port, stop };
}
