import { deadLetterKeys } from "@trunkline/bus";
import { slackNotification } from "@trunkline/contracts";
import { defineService, ownKeys, vitalSignKeys } from "@trunkline/service";
import { config } from "./config.ts";
import { look } from "./look.ts";
import { openAlerts } from "./open-alerts.ts";

const NAME = "alerts";
/** What it looks at, and others write. */
const looksAt = [vitalSignKeys.alive, vitalSignKeys.succeeded, deadLetterKeys];

export const service = defineService({
  name: NAME,
  summary: "Tells on-call once when the engine itself is in trouble, and once when that is over.",
  config,
  serves: [],
  asks: [],
  publishes: [slackNotification],
  consumes: [],
  redis: [],
  keys: { main: looksAt.map((family) => ({ ...family, access: "read" })) },
  schedules: ["look"],
  jobs: [],

  async start({ bus, clock, config: env, redis, schedule }) {
    const main = redis("main");
    const environment = env.ENVIRONMENT_NAME;
    const open = openAlerts(main, ownKeys(NAME).in(environment));
    const limits = {
      serviceSilence: env.ALERTS__LONGEST_SILENCE_OF_A_SERVICE * 1000,
      withoutRun: new Map(
        Object.entries(env.ALERTS__LONGEST_TIME_WITHOUT_A_RUN).map(([name, seconds]) => [name, seconds * 1000]),
      ),
      quietAfterDeadLetters: env.ALERTS__QUIET_AFTER_DEAD_LETTERS * 1000,
    };
    const judgesFrom = clock.now().getTime() + env.ALERTS__GRACE_AT_START * 1000;
    await schedule({ name: "look", every: 30, atStart: true }, async (run) => {
      const now = clock.now();
      if (now.getTime() >= judgesFrom) await look({ bus, redis: main, environment, now, limits, open }, run);
    });
  },
});
