import { createSessions } from "../sessions.ts";
import type { StandIn, StandInParts } from "../stand-in.ts";
import { bruinApiStandIn } from "./api.ts";
import { bruinIdentityStandIn } from "./identity.ts";

const apiHost = "api.bruin.example.net";
const identityHost = "id.bruin.example.net";
const client = { id: "trunkline-sandbox", secret: "sandbox-bruin" };

/** Bruin's identity server and its API, which trusts the tokens of the former. */
export function bruinStandIns({ world, random, settings }: StandInParts): StandIn[] {
  const tokens = createSessions(world.clock, random, settings.bruinTokenSeconds ?? 3_600);
  const api = bruinApiStandIn({ world, host: apiHost, tokens, rateLimit: settings.bruinRateLimit });
  const environment = {
    "bruin-bridge": {
      BRUIN_BASE_URL: `https://${apiHost}`,
      BRUIN_LOGIN_URL: `https://${identityHost}`,
      BRUIN_CLIENT_ID: client.id,
      BRUIN_CLIENT_SECRET: client.secret,
      IPA_SYSTEM_USERNAME_IN_BRUIN: world.desk.apiUser,
    },
    "service-outage-monitor": {
      IPA_SYSTEM_USERNAME_IN_BRUIN: world.desk.apiUser,
      BRUIN_TICKET_URL: "https://bruin.example.net/t",
    },
    "service-outage-triage": { BRUIN_TICKET_URL: "https://bruin.example.net/t" },
  };
  return [bruinIdentityStandIn({ host: identityHost, tokens, client }), { ...api, environment }];
}
