import { type HandlerReply, refuse } from "@trunkline/bus";
import { GrpcError, type GrpcFailureReason } from "@trunkline/grpc";

/** The statuses that requesters know for those of gRPC; every other is 500. */
const statuses: Partial<Record<GrpcFailureReason, number>> = {
  INTERNAL: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  UNIMPLEMENTED: 404,
  DEADLINE_EXCEEDED: 408,
  cancelled: 408,
};

/** The reply to an answer that is none of KRE's. */
export const UNEXPECTED = refuse(502, "Got an unexpected answer from T7");

/** The reply when there was no answer. What exactly happened is in the log. */
export function explainFailure(error: unknown): HandlerReply {
  if (!(error instanceof GrpcError) || error.reason === "bad-message") throw error;
  if (error.reason === "breaker-open" || error.reason === "busy")
    return refuse(503, "T7 is not called for a while because too much failed or waits");
  return refuse(statuses[error.reason] ?? 500, `Grpc error details: ${error.details}`);
}
