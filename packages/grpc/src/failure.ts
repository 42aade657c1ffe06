import { type ServiceError, status } from "@grpc/grpc-js";
import { NotTried } from "@trunkline/third-party";
import { GrpcError, type GrpcFailureFacts, type GrpcStatus } from "./errors.ts";

const MOST_DETAILS = 500;

/** What our own client says of a broken call goes on with addresses and what it did all the while. */
const OWN_WORDS =
  /^(?:No connection established|Name resolution failed|Deadline exceeded|Connection dropped|Received RST_STREAM|Response message parsing error|Failed to connect)/;

/** Turns whatever ended a call into the package's one error. */
export function asGrpcError(error: unknown, facts: GrpcFailureFacts, signal: AbortSignal): GrpcError {
  if (error instanceof GrpcError) return error;
  if (error instanceof NotTried) return new GrpcError(error.reason, "not tried", facts);
  if (signal.aborted) return new GrpcError("cancelled", "the caller left", facts);
  if (isServiceError(error)) return new GrpcError(nameOf(error.code), safeDetails(error.details), facts);
  return new GrpcError("UNKNOWN", error instanceof Error ? error.name : "no error", facts);
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "code" in error && typeof error.code === "number" && "details" in error;
}

function nameOf(code: number): GrpcStatus {
  return (status[code] ?? "UNKNOWN") as GrpcStatus;
}

function safeDetails(details: unknown): string {
  const text = typeof details === "string" ? details : "";
  return OWN_WORDS.exec(text)?.[0] ?? text.slice(0, MOST_DETAILS);
}
