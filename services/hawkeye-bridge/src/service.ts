import { requestProbes, requestTestResults } from "@trunkline/contracts";
import { keepSignedIn, thirdPartyConfig } from "@trunkline/http";
import { defineService, secret, text, url } from "@trunkline/service";
import { createHawkeyeClient } from "./hawkeye-client.ts";
import { listProbes } from "./probes.ts";
import { testResults } from "./test-results.ts";

export const service = defineService({
  name: "hawkeye-bridge",
  summary: "Hawkeye behind NATS subjects: probes and what they have tested.",
  config: {
    ...thirdPartyConfig,
    BASE_URL: url({ protocols: ["https"] }).describe(
      "base address of Hawkeye's API, such as https://ixia.example.net/api",
    ),
    CLIENT_USERNAME: text().describe("our account there"),
    CLIENT_PASSWORD: secret().describe("its password"),
  },
  serves: [requestProbes, requestTestResults],
  asks: [],
  publishes: [],
  consumes: [],
  redis: [],
  schedules: [],
  jobs: [],

  async start({ config, bus, clock, logger, metrics, readyWhen, onStop }) {
    const hawkeye = createHawkeyeClient({
      baseUrl: config.BASE_URL,
      username: config.CLIENT_USERNAME,
      password: config.CLIENT_PASSWORD,
      hostAliases: config.HOST_ALIASES,
      caFile: config.TLS_CA_FILE,
      clock,
      logger,
      metrics,
    });
    keepSignedIn(hawkeye, "a login at Hawkeye", { readyWhen, onStop });

    await bus.serve(requestProbes, listProbes(hawkeye));
    await bus.serve(requestTestResults, testResults(hawkeye));
  },
});
