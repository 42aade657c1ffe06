import { once } from "node:events";
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from "node:net";
import { join } from "node:path";
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from "@grpc/grpc-js";
import { pino } from "pino";
import { Registry } from "prom-client";
import { createGrpcService } from "../grpc-service.ts";
import { loadMethods } from "../methods.ts";
import type { GrpcCall, GrpcServiceOptions } from "../types.ts";

const described = { protoFile: join(import.meta.dirname, "greeter.proto"), service: "greeting.Greeter" };

export type Call = ServerUnaryCall<Record<string, unknown>, object>;
/** A buffer is sent as the bytes of the answer, whatever they are. */
export type Answer = sendUnaryData<object | Buffer>;

/** A gRPC server whose one method does as told. */
export async function startGreeter(
  greet: (call: Call, answer: Answer) => void,
  tls?: { readonly key: string; readonly cert: string },
): Promise<Greeter> {
  const server = new Server();
  const method = loadMethods(described.protoFile, described.service).get("Greet");
  if (method === undefined) throw new Error("the file describes no such method");
  const received: Call[] = [];
  const responseSerialize = (value: object) => (Buffer.isBuffer(value) ? value : method.responseSerialize(value));
  server.addService(
    { Greet: { ...method, responseSerialize } },
    {
      Greet(call: Call, answer: Answer) {
        received.push(call);
        greet(call, answer);
      },
    },
  );
  const credentials =
    tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [{ private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) }]);
  const injector = server.createConnectionInjector(credentials);
  const sockets = new Set<Socket>();
  const listener: NetServer = createServer((socket) => {
    sockets.add(socket);
    injector.injectConnection(socket);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return {
    target: `127.0.0.1:${(listener.address() as AddressInfo).port}`,
    received,
    hangUp() {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.forceShutdown();
      listener.close();
      await once(listener, "close");
    },
  };
}

export interface Greeter extends AsyncDisposable {
  readonly target: string;
  readonly received: readonly Call[];
  /** Breaks every connection. */
  hangUp(): void;
}

/** A client of the greeter, in plain text unless told otherwise, and what it logs and counts. */
export function greeterClient(target: string, options: Partial<GrpcServiceOptions> = {}) {
  const metrics = new Registry();
  const lines: string[] = [];
  const logger = pino({ level: "debug" }, { write: (line) => lines.push(line) });
  const service = createGrpcService({
    name: "greeter",
    target,
    plaintext: true,
    ...described,
    logger,
    metrics,
    ...options,
  });
  const ask = (call: Partial<GrpcCall> = {}) =>
    service.call({
      method: "Greet",
      message: { name: "Ada" },
      deadline: Date.now() + 5_000,
      signal: new AbortController().signal,
      requestId: "r1",
      ...call,
    });
  return { ask, metrics, lines, close: () => service.close() };
}
