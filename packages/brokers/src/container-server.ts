import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer, Wait } from "testcontainers";
import { portToTry } from "./ports.ts";
import { answers } from "./probe.ts";
import type { ServerKind } from "./server-kind.ts";
import type { Broker } from "./types.ts";

const configFile = "/etc/trunkline-broker.conf";
/** The first start may have to fetch the image. */
const readyWithinMs = 120_000;
const portsToTry = 20;

/** Runs the server in a container. Its port on this machine is fixed, since a restarted one would get another. */
export async function startContainerServer(kind: ServerKind): Promise<Broker> {
  const { container, port } = await startOnFreePort(kind);
  const host = container.getHost();
  const handle = (await getContainerRuntimeClient()).container.getById(container.getId());
  await ready(kind, host, port);
  let running = true;
  const kill = async () => {
    if (running) await handle.kill({ signal: "SIGKILL" });
    running = false;
  };
  return {
    url: `${kind.scheme}://${host}:${port}`,
    host,
    port,
    pid: undefined,
    kill,
    restart: async () => {
      if (running) await handle.stop();
      await handle.start();
      running = true;
      await ready(kind, host, port);
    },
    stop: async () => {
      await container.stop();
    },
  };
}

async function startOnFreePort(kind: ServerKind): Promise<{ container: StartedTestContainer; port: number }> {
  let refusal: unknown;
  for (const port of Array.from({ length: portsToTry }, portToTry)) {
    try {
      return { container: await define(kind, port).start(), port };
    } catch (error) {
      if (!isPortRefusal(error)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

function define(kind: ServerKind, port: number): GenericContainer {
  const inside = { host: "0.0.0.0", port: 7000, dataFolder: "/tmp" };
  return new GenericContainer(kind.image)
    .withEntrypoint([kind.program])
    .withEnvironment({ ...kind.environment })
    .withCommand(kind.arguments(configFile))
    .withCopyContentToContainer([{ content: kind.configuration(inside), target: configFile, mode: 0o644 }])
    .withExposedPorts({ container: inside.port, host: port })
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(readyWithinMs);
}

async function ready(kind: ServerKind, host: string, port: number): Promise<void> {
  const deadline = AbortSignal.timeout(readyWithinMs);
  await answers(kind.probe(configFile), { host, port }, deadline);
  if (deadline.aborted) throw new Error(`no answer within ${readyWithinMs / 1000} s`);
}

function isPortRefusal(error: unknown): boolean {
  return /address already in use|port is already allocated/i.test(String(error));
}
