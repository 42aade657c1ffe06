import { keepSignedIn, thirdPartyConfig } from "@trunkline/http";
import { defineService, secret, text, url } from "@trunkline/service";
import { createBruinClient } from "./bruin-client.ts";
import { subjects } from "./subjects.ts";

const origin = url({ protocols: ["https"] }).transform((address) => address.replace(/\/+$/, ""));

export const service = defineService({
  name: "bruin-bridge",
  summary: "Bruin's tickets, inventory, sites, contacts and e-mails behind NATS subjects.",
  config: {
    ...thirdPartyConfig,
    BRUIN_BASE_URL: origin.describe("origin of Bruin's API, such as https://api.bruin.example.net"),
    BRUIN_LOGIN_URL: origin.describe("origin that issues Bruin's tokens, such as https://id.bruin.example.net"),
    BRUIN_CLIENT_ID: text().describe("client id of the automation's user in Bruin"),
    BRUIN_CLIENT_SECRET: secret().describe("client secret of the automation's user in Bruin"),
    IPA_SYSTEM_USERNAME_IN_BRUIN: text().describe(
      "display name of the automation's user in Bruin, as it stands in a ticket's createdBy",
    ),
  },
  serves: subjects.map(({ contract }) => contract),
  asks: [],
  publishes: [],
  consumes: [],
  redis: [],
  schedules: [],
  jobs: [],

  async start({ bus, clock, config, logger, metrics, readyWhen, onStop }) {
    const bruin = createBruinClient({
      baseUrl: config.BRUIN_BASE_URL,
      loginUrl: config.BRUIN_LOGIN_URL,
      clientId: config.BRUIN_CLIENT_ID,
      clientSecret: config.BRUIN_CLIENT_SECRET,
      hostAliases: config.HOST_ALIASES,
      caFile: config.TLS_CA_FILE,
      clock,
      logger,
      metrics,
    });
    keepSignedIn(bruin, "login at Bruin", { readyWhen, onStop });

    for (const subject of subjects) await subject.serve(bus, bruin, config.IPA_SYSTEM_USERNAME_IN_BRUIN);
  },
});
