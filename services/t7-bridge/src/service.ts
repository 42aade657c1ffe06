import { requestPrediction, saveAutomationMetrics, saveLiveAutomationMetrics } from "@trunkline/contracts";
import { defineService, flag, text } from "@trunkline/service";
import { thirdPartyConfig } from "@trunkline/third-party";
import { saveMetrics } from "./automation-metrics.ts";
import { saveLiveMetrics } from "./live-automation-metrics.ts";
import { predict } from "./prediction.ts";
import { createT7Client } from "./t7-client.ts";

export const service = defineService({
  name: "t7-bridge",
  summary: "T7 behind NATS subjects: predicts the next best action for a ticket's task, and learns from what was done.",
  config: {
    ...thirdPartyConfig,
    KRE_BASE_URL: text()
      .regex(/^(\[[0-9a-fA-F:]+\]|[^:/[\]\s]+):\d{1,5}$/)
      .meta({ expected: "host:port" })
      .describe("where T7's runtime (KRE) answers gRPC, such as kre.example.net:443"),
    KRE_PLAINTEXT: flag()
      .default(false)
      .describe("true calls it without TLS: for a sidecar that encrypts, or a network that nobody else is in"),
  },
  serves: [requestPrediction, saveAutomationMetrics, saveLiveAutomationMetrics],
  asks: [],
  publishes: [],
  consumes: [],
  redis: [],
  schedules: [],
  jobs: [],

  async start({ config, bus, logger, metrics, onStop }) {
    const t7 = createT7Client({
      target: config.KRE_BASE_URL,
      plaintext: config.KRE_PLAINTEXT,
      hostAliases: config.HOST_ALIASES,
      caFile: config.TLS_CA_FILE,
      logger,
      metrics,
    });
    onStop(() => t7.close());

    await bus.serve(requestPrediction, predict(t7));
    await bus.serve(saveAutomationMetrics, saveMetrics(t7));
    await bus.serve(saveLiveAutomationMetrics, saveLiveMetrics(t7));
  },
});
