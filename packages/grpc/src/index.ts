export { GrpcError, type GrpcFailureReason } from "./errors.ts";
export { createGrpcService } from "./grpc-service.ts";
export { loadMethods, type UnaryMethod } from "./methods.ts";
export type { GrpcCall, GrpcService, GrpcServiceOptions } from "./types.ts";
