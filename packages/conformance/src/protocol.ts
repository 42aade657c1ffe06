import type { Certificates } from "@trunkline/sandbox";
import type { z } from "zod";
import type { Stage } from "./stage.ts";

/**
 * A protocol that third parties speak, as vectors write it down and as it is played.
 *
 * `Exchange` is one request of the bridge with the third party's answer.
 */
export interface Protocol<Exchange = unknown> {
  readonly name: string;
  /** The key by which one of its exchanges is known in a vector file. */
  readonly key: string;
  /** How one of its exchanges stands in a vector file, the key included. */
  readonly exchange: z.ZodType<Exchange>;
  /** The host name that the bridge calls in this exchange. */
  hostOf(exchange: Exchange): string;
  /** Plays the third party on a port of this machine. */
  start(options: PlayerOptions): Promise<Player>;
}

export interface PlayerOptions {
  /** Says what is to be answered; `stage.take(protocol.name, ...)`. */
  readonly stage: Stage;
  /** Key and certificate for all hosts of the vectors. */
  readonly certificates: Pick<Certificates, "key" | "cert">;
  /** 0 takes any free one. */
  readonly port: number;
}

/** A third party that is being played. */
export interface Player {
  readonly port: number;
  stop(): Promise<void>;
}
