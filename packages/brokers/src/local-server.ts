import { closeSync, openSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BoundChild, startBoundChild } from "./bound-child.ts";
import { BrokerFailedError } from "./errors.ts";
import { portToTry } from "./ports.ts";
import { answers } from "./probe.ts";
import type { ServerKind } from "./server-kind.ts";
import type { Broker } from "./types.ts";

const host = "127.0.0.1";
const readyWithinMs = 20_000;
const portsToTry = 50;
/** The port was ours a moment ago, so whoever has it now will hardly keep it. */
const retriesOnTheSamePort = 20;

/** One server to launch: what it is, which file runs it and where its data lie. */
interface Installation {
  readonly kind: ServerKind;
  readonly program: string;
  readonly folder: string;
  readonly folderIsOurs: boolean;
}

/** Runs an installed program on a free port. */
export async function startLocalServer(kind: ServerKind, program: string, dataFolder?: string): Promise<Broker> {
  const folder = dataFolder ?? (await mkdtemp(join(tmpdir(), `trunkline-${kind.program}-`)));
  const installation = { kind, program, folder, folderIsOurs: dataFolder === undefined };
  await mkdir(join(folder, "data"), { recursive: true });
  try {
    const { port, child } = await launchOnFirstFree(installation, Array.from({ length: portsToTry }, portToTry));
    return brokerOf(installation, port, child);
  } catch (error) {
    await cleanUp(installation);
    throw error;
  }
}

function brokerOf(installation: Installation, port: number, firstChild: BoundChild): Broker {
  let child: BoundChild | undefined = firstChild;
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    const ending = child;
    child = undefined;
    await ending?.end(signal);
  };
  return {
    url: `${installation.kind.scheme}://${host}:${port}`,
    host,
    port,
    get pid() {
      return child?.pid;
    },
    kill: () => end("SIGKILL"),
    restart: async () => {
      await end("SIGTERM");
      ({ child } = await launchOnFirstFree(installation, new Array<number>(retriesOnTheSamePort).fill(port)));
    },
    stop: async () => {
      await end("SIGTERM");
      await cleanUp(installation);
    },
  };
}

interface Launched {
  readonly port: number;
  readonly child: BoundChild;
}

async function launchOnFirstFree(installation: Installation, ports: readonly number[]): Promise<Launched> {
  let refusal: unknown;
  for (const port of ports) {
    try {
      return { port, child: await launch(installation, port) };
    } catch (error) {
      if (!(error instanceof BrokerFailedError && error.portWasTaken)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

async function launch(installation: Installation, port: number): Promise<BoundChild> {
  const { kind, program, folder, folderIsOurs } = installation;
  const configFile = join(folder, `${kind.program}.conf`);
  await writeFile(configFile, kind.configuration({ host, port, dataFolder: join(folder, "data") }));
  const log = await openLog(join(folder, `${kind.program}.log`));
  const child = await startBoundChild({
    program,
    arguments: kind.arguments(configFile),
    environment: kind.environment,
    output: log.descriptor,
    scratchFolder: folderIsOurs ? folder : undefined,
  }).finally(() => closeSync(log.descriptor));

  const done = new AbortController();
  const outcome = await Promise.race([
    answers(kind.probe(configFile), { host, port }, done.signal).then(() => "ready" as const),
    child.ended.then(() => "ended instead of getting ready" as const),
    afterMs(readyWithinMs, done.signal).then(() => `did not get ready within ${readyWithinMs / 1000} s` as const),
  ]).finally(() => done.abort());
  if (outcome === "ready") return child;
  await child.end("SIGKILL");
  throw new BrokerFailedError(kind.program, { what: outcome, log: await log.read() });
}

/** The log grows over restarts; `read` gives what was added since it was opened. */
async function openLog(file: string): Promise<{ descriptor: number; read(): Promise<string> }> {
  const start = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  return {
    descriptor: openSync(file, "a"),
    read: async () => (await readFile(file)).subarray(start).toString("utf8"),
  };
}

function afterMs(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
}

async function cleanUp({ folder, folderIsOurs }: Installation): Promise<void> {
  if (folderIsOurs) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
