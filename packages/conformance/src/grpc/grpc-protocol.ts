import { loadMethods } from "@trunkline/grpc";
import { kreProtoFile, kreService } from "@trunkline/kre";
import { type GrpcAnswer, type GrpcStatusName, type ReceivedCall, startGrpcServer } from "@trunkline/sandbox";
import { differenceOf } from "../match.ts";
import type { Player, PlayerOptions, Protocol } from "../protocol.ts";
import { withoutDefaults } from "./defaults.ts";
import { type GrpcExchange, grpcExchange } from "./grpc-exchange.ts";

/** gRPC over TLS, for the interfaces that bridges call: KRE's. */
export const grpc: Protocol<GrpcExchange> = {
  name: "grpc",
  key: "grpc",
  exchange: grpcExchange,
  hostOf: (exchange) => exchange.grpc.host,
  start: startGrpcPlayer,
};

function startGrpcPlayer({ stage, certificates, port }: PlayerOptions): Promise<Player> {
  return startGrpcServer({
    methods: loadMethods(kreProtoFile, kreService),
    key: certificates.key,
    cert: certificates.cert,
    port,
    hostname: "127.0.0.1",
    async answer(call) {
      const asked = `${call.host}${call.path} ${JSON.stringify(call.message)}`;
      const exchange = stage.take<GrpcExchange>(grpc.name, (each) => differenceOfCall(each, call), asked);
      return exchange === undefined ? UNEXPECTED : answerOf(exchange);
    },
  });
}

/** A status that a bridge cannot take for data. */
const UNEXPECTED: GrpcAnswer = { status: "UNIMPLEMENTED", details: "no vector expects this call" };

/** @returns what tells a call from the one that is expected; undefined when it is that one */
function differenceOfCall({ grpc: expected }: GrpcExchange, { host, path, message }: ReceivedCall): string | undefined {
  const line = `${host}${path}`;
  const expectedLine = `${expected.host}${expected.method}`;
  if (line !== expectedLine) return `${line} is not ${expectedLine}`;
  return differenceOf(withoutDefaults(expected.message), withoutDefaults(message), "message");
}

function answerOf({ answer }: GrpcExchange): GrpcAnswer {
  if ("message" in answer) return { message: answer.message };
  if ("status" in answer) return { status: answer.status as GrpcStatusName, details: answer.details };
  return answer.fault === "garbage" ? { bytes: Buffer.from("\u0007\u0000<<garbage>>") } : answer.fault;
}
