/** What a gRPC server may say instead of its answer. */
export interface GrpcFault {
  readonly name: string;
  /** As vectors write it. */
  readonly answer:
    | { readonly fault: "hang-up" | "garbage" | "stall" }
    | { readonly status: string; readonly details: string };
  /** Whether nothing but the requester's deadline ends the call. */
  readonly isSlow?: boolean;
}

const statuses = [
  "INVALID_ARGUMENT",
  "UNAUTHENTICATED",
  "PERMISSION_DENIED",
  "NOT_FOUND",
  "ALREADY_EXISTS",
  "RESOURCE_EXHAUSTED",
  "INTERNAL",
  "UNAVAILABLE",
  "UNKNOWN",
  "DEADLINE_EXCEEDED",
];

/** Every way in which a gRPC interface can fail a bridge once there is a connection. */
export const grpcFaults: readonly GrpcFault[] = [
  { name: "hang-up", answer: { fault: "hang-up" } },
  { name: "no answer", answer: { fault: "stall" }, isSlow: true },
  { name: "garbage", answer: { fault: "garbage" } },
  ...statuses.map((status) => ({ name: status, answer: { status, details: "made up for a test" } })),
];
