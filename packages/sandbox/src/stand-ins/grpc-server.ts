import { createServer, type Socket } from "node:net";
import {
  status as codes,
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
} from "@grpc/grpc-js";
import type { UnaryMethod } from "@trunkline/grpc";
import { listen } from "../listening.ts";

/** A call as it arrived. */
export interface ReceivedCall {
  /** The host that the caller meant, without its port. */
  readonly host: string;
  /** `/package.Service/Method`. */
  readonly path: string;
  /** Under the field names of the .proto file, with defaults. */
  readonly message: object;
  /** Told when the caller has hung up or its deadline is over. */
  onGone(listener: () => void): void;
}

/** What becomes of a call: a message, a status with details, bytes that need not be a message, or none of these. */
export type GrpcAnswer =
  | { readonly message: object }
  | { readonly status: GrpcStatusName; readonly details: string }
  | { readonly bytes: Uint8Array }
  /** The connection ends. */
  | "hang-up"
  /** Nothing ever comes. */
  | "stall";

export type GrpcStatusName = keyof typeof codes;

export interface GrpcServerOptions {
  /** By name. */
  readonly methods: ReadonlyMap<string, UnaryMethod>;
  readonly key: string;
  readonly cert: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly hostname: string;
  readonly answer: (call: ReceivedCall) => Promise<GrpcAnswer>;
}

export interface GrpcServer {
  readonly port: number;
  stop(): Promise<void>;
}

type Call = ServerUnaryCall<object, object>;

/** A gRPC server over TLS whose answers may be anything, a broken connection included. */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcServer> {
  const { key, cert } = options;
  const sockets = new Map<string, Socket>();
  const server = new Server();
  const respond = responder(options, (peer) => sockets.get(peer)?.destroy());
  for (const [name, method] of options.methods) {
    const responseSerialize = (value: object) =>
      value instanceof Uint8Array ? Buffer.from(value) : method.responseSerialize(value);
    const definition: ServiceDefinition = { [name]: { ...method, responseSerialize } };
    server.addService(definition, { [name]: (call: Call, done: sendUnaryData<object>) => void respond(call, done) });
  }
  const pair = { private_key: Buffer.from(key), cert_chain: Buffer.from(cert) };
  const injector = server.createConnectionInjector(ServerCredentials.createSsl(null, [pair]));
  // Our own listener, because the library's keeps its connections to itself and they could not be broken.
  const listener = createServer((socket) => {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    sockets.set(peer, socket);
    socket.once("close", () => sockets.delete(peer));
    socket.on("error", () => socket.destroy());
    injector.injectConnection(socket);
  });
  return {
    port: await listen(listener, options),
    async stop() {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      server.forceShutdown();
      for (const socket of sockets.values()) socket.destroy();
      await closed;
    },
  };
}

function responder({ answer }: GrpcServerOptions, breakOff: (peer: string) => void) {
  return async (call: Call, done: sendUnaryData<object>): Promise<void> => {
    const result = await answer({
      host: call.getHost().replace(/:\d+$/, "").toLowerCase(),
      path: call.getPath(),
      message: call.request,
      onGone: (listener) => void call.once("cancelled", listener),
    });
    if (result === "stall") return;
    if (result === "hang-up") breakOff(call.getPeer());
    else if ("message" in result) done(null, result.message);
    else if ("bytes" in result) done(null, result.bytes);
    else done({ code: codes[result.status], details: result.details, metadata: new Metadata() });
  };
}
