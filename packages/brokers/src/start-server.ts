import { startContainerServer } from "./container-server.ts";
import { BrokerNotFoundError } from "./errors.ts";
import { findProgram } from "./find-program.ts";
import { startLocalServer } from "./local-server.ts";
import type { ServerKind } from "./server-kind.ts";
import type { Broker, BrokerOptions } from "./types.ts";

/** Runs the server as a program of this machine where that is possible and not refused, else in a container. */
export async function startServer(kind: ServerKind, { prefer = "local", dataFolder }: BrokerOptions): Promise<Broker> {
  const program = prefer === "docker" ? undefined : findProgram(kind.program);
  if (program !== undefined) return startLocalServer(kind, program, dataFolder);
  try {
    return await startContainerServer(kind);
  } catch (error) {
    if (!isMissingEngine(error)) throw error;
    throw new BrokerNotFoundError(kind.program, { cause: error });
  }
}

function isMissingEngine(error: unknown): boolean {
  return error instanceof Error && error.message.includes("Could not find a working container runtime");
}
