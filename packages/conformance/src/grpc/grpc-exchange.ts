import { z } from "zod";

const statusName = z.string().regex(/^[A-Z][A-Z_]*$/, "expected a gRPC status by its name, such as UNAVAILABLE");

/** `hang-up`: the connection ends without an answer; `garbage`: bytes that are no message; `stall`: nothing ever comes. */
const grpcFault = z.enum(["hang-up", "garbage", "stall"]);

const answer = z.union([
  z.strictObject({ message: z.looseObject({}) }),
  z.strictObject({ status: statusName, details: z.string() }),
  z.strictObject({ fault: grpcFault }),
]);

/**
 * One unary call with its answer. Messages are JSON under the field names of the .proto file, 64-bit numbers as
 * numbers; a field that has its default may stand there or be missing.
 */
export const grpcExchange = z.strictObject({
  grpc: z.strictObject({
    host: z.string().min(1),
    method: z.string().regex(/^\/[\w.]+\/\w+$/, "expected a method such as /package.Service/Method"),
    message: z.looseObject({}),
  }),
  answer,
});
export type GrpcExchange = z.output<typeof grpcExchange>;
