import { getDigiRecoveryLogs, rebootDigi } from "@trunkline/contracts";
import { keepSignedIn, thirdPartyConfig } from "@trunkline/http";
import { defineService, seconds, secret, text, url } from "@trunkline/service";
import { createDigiClient } from "./digi-client.ts";
import { findRecovery } from "./find-recovery.ts";
import { reboot } from "./reboot.ts";
import { recoveryLogs } from "./recovery-logs.ts";

export const service = defineService({
  name: "digi-bridge",
  summary: "DiGi's recovery of modems behind NATS subjects: reboots and their logs.",
  config: {
    ...thirdPartyConfig,
    DIGI_BASE_URL: url({ protocols: ["https"] }).describe("base address of DiGi's API"),
    DIGI_CLIENT_ID: text().describe("client id of our account at DiGi"),
    DIGI_CLIENT_SECRET: secret().describe("client secret of our account at DiGi"),
    DIGI_TOKEN_TTL: seconds({ min: 60 })
      .default(3600)
      .describe("seconds that a token is used for when DiGi does not say how long it lasts"),
  },
  serves: [rebootDigi, getDigiRecoveryLogs],
  asks: [],
  publishes: [],
  consumes: [],
  redis: [],
  schedules: [],
  jobs: [],

  async start({ config, bus, clock, logger, metrics, readyWhen, onStop }) {
    const digi = createDigiClient({
      baseUrl: config.DIGI_BASE_URL,
      clientId: config.DIGI_CLIENT_ID,
      clientSecret: config.DIGI_CLIENT_SECRET,
      tokenSeconds: config.DIGI_TOKEN_TTL,
      hostAliases: config.HOST_ALIASES,
      caFile: config.TLS_CA_FILE,
      clock,
      logger,
      metrics,
    });
    keepSignedIn(digi, "a login at DiGi", { readyWhen, onStop });

    await bus.serve(rebootDigi, reboot(digi), { recover: findRecovery(digi) });
    await bus.serve(getDigiRecoveryLogs, recoveryLogs(digi));
  },
});
