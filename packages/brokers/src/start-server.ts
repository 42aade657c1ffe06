import { BrokerFailedError, BrokerNotFoundError } from "./errors.ts";
import { findProgram } from "./find-program.ts";
import { startLocalServer } from "./local-server.ts";
import type { ServerKind } from "./server-kind.ts";
import type { Broker, BrokerOptions } from "./types.ts";

/** Runs the server as a program of this machine where that is possible and not refused, else in a container. */
export async function startServer(kind: ServerKind, { prefer = "local", dataFolder }: BrokerOptions): Promise<Broker> {
  const program = prefer === "docker" ? undefined : findProgram(kind.program);
  if (program !== undefined) return startLocalServer(kind, program, dataFolder);
  // Loaded only here: the container library takes longer to load than both servers take to start.
  const { startContainerServer } = await import("./container-server.ts");
  try {
    return await startContainerServer(kind);
  } catch (error) {
    if (isMissingEngine(error)) throw new BrokerNotFoundError(kind.program, { cause: error });
    const why = error instanceof Error ? error.message : String(error);
    throw new BrokerFailedError(kind.program, { what: "did not start in a container", log: why, cause: error });
  }
}

function isMissingEngine(error: unknown): boolean {
  return error instanceof Error && error.message.includes("Could not find a working container runtime");
}
