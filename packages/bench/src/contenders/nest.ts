import "reflect-metadata";
import { Logger } from "@nestjs/common";
import { ClientNats, ServerNats } from "@nestjs/microservices";
import { firstValueFrom } from "rxjs";
import type { Payload, StartContender } from "./contender.ts";

/** NestJS microservices: its NATS server and client classes, as its modules would wire them. */
export const startNest: StartContender = async (natsUrl) => {
  Logger.overrideLogger(false);
  const options = { servers: [natsUrl], queue: "bench", noAsyncTraces: true };
  const server = new ServerNats(options);
  server.addHandler("bench.nest", async (data: unknown) => data, false);
  await new Promise<void>((resolve, reject) => {
    void server.listen((error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  const client = new ClientNats(options);
  await client.connect();
  return {
    name: "NestJS",
    ask: (body) => firstValueFrom(client.send<Payload, Payload>("bench.nest", body)),
    stop: async () => {
      await client.close();
      await server.close();
    },
  };
};
