import { requestDriParameters } from "@trunkline/contracts";
import { keepSignedIn, thirdPartyConfig } from "@trunkline/http";
import { defineService, integer, secret, text, url } from "@trunkline/service";
import { createDriClient } from "./dri-client.ts";
import { deviceParameters } from "./parameters.ts";
import { createTaskMemory, taskKeys } from "./task-memory.ts";
import { createTurns } from "./turns.ts";

export const service = defineService({
  name: "dri-bridge",
  summary: "DataRemote's parameters of devices behind a NATS subject.",
  config: {
    ...thirdPartyConfig,
    DRI_BASE_URL: url({ protocols: ["https"] }).describe("base address of DataRemote's API"),
    DRI_USERNAME: text().describe("e-mail address of our account there"),
    DRI_PASSWORD: secret().describe("its password"),
    DRI_DATA_REDIS_TTL: integer({ min: 1 })
      .default(300)
      .describe("seconds that a task, and so what it found, is remembered"),
  },
  serves: [requestDriParameters],
  asks: [],
  publishes: [],
  consumes: [],
  redis: [],
  keys: { main: [taskKeys] },
  schedules: [],
  jobs: [],

  async start({ config, bus, clock, logger, metrics, redis, readyWhen, onStop }) {
    const dri = createDriClient({
      baseUrl: config.DRI_BASE_URL,
      username: config.DRI_USERNAME,
      password: config.DRI_PASSWORD,
      hostAliases: config.HOST_ALIASES,
      caFile: config.TLS_CA_FILE,
      clock,
      logger,
      metrics,
    });
    keepSignedIn(dri, "a login at DataRemote", { readyWhen, onStop });

    const memory = createTaskMemory({
      redis: redis("main"),
      environment: config.ENVIRONMENT_NAME,
      ttlSeconds: config.DRI_DATA_REDIS_TTL,
      logger,
    });
    await bus.serve(requestDriParameters, deviceParameters({ dri, memory, turns: createTurns() }));
  },
});
