import type { BreakerOptions, RateLimitOptions } from "@trunkline/third-party";
import type { Logger } from "pino";
import type { Registry } from "prom-client";

/** One unary call of a third party. */
export interface GrpcCall {
  /** As the .proto file names it, such as `Prediction`; it is also the metrics' `endpoint`. */
  readonly method: string;
  /** The request under the field names of the .proto file; what is left out has its default. */
  readonly message: Readonly<Record<string, unknown>>;
  /** Epoch milliseconds after which the answer is of no use; the third party is told. */
  readonly deadline: number;
  /** When it fires, the call ends. */
  readonly signal: AbortSignal;
  /** Ties the log line to the request that caused the call. */
  readonly requestId: string;
}

export interface GrpcServiceOptions {
  /** The `system` label of metrics and logs, such as t7. */
  readonly name: string;
  /** `host:port`; nothing else is ever contacted. */
  readonly target: string;
  /** Without TLS: for a sidecar that encrypts, and for networks that nobody else is in. @default false */
  readonly plaintext?: boolean;
  /** Host name → `ip:port` to connect to instead; the name is still what TLS checks. */
  readonly hostAliases?: Readonly<Record<string, string>> | undefined;
  /** PEM bundle to trust beside the system's authorities. */
  readonly caFile?: string | undefined;
  /** The file that describes the service. */
  readonly protoFile: string;
  /** With its package, such as `entrypoint.Entrypoint`. */
  readonly service: string;
  /** The longest that a call may take, in milliseconds, whatever its deadline. @default 60_000 */
  readonly timeoutMs?: number;
  /** An answer larger than this fails, in bytes. @default 64 MiB */
  readonly maxBytes?: number;
  readonly breaker?: BreakerOptions;
  readonly rateLimit?: RateLimitOptions;
  readonly logger: Logger;
  readonly metrics: Registry;
}

/** The way to one gRPC service of a third party, over one channel that reconnects by itself. */
export interface GrpcService {
  /**
   * @returns the response under the field names of the .proto file, defaults filled in, 64-bit numbers as numbers
   * @throws GrpcError and nothing else
   */
  call(call: GrpcCall): Promise<unknown>;
  close(): void;
}
