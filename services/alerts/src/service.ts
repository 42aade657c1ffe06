import { deadLetterKeys } from "@trunkline/bus";
import { slackNotification, smsRequest } from "@trunkline/contracts";
import { defineService, ownKeys, vitalSignKeys } from "@trunkline/service";
import { openWebhook } from "./alertmanager-webhook.ts";
import { config } from "./config.ts";
import { engineGauges } from "./engine-gauges.ts";
import { look } from "./look.ts";
import { onCall, SMS_ATTEMPTS, sendSms, smsJob } from "./on-call.ts";
import { openAlerts } from "./open-alerts.ts";
import { relayNotices } from "./relay.ts";
import { writings } from "./writings.ts";

const NAME = "alerts";
/** What it looks at, and others write. */
const looksAt = [vitalSignKeys.alive, vitalSignKeys.succeeded, deadLetterKeys];

export const service = defineService({
  name: NAME,
  summary:
    "Tells on-call once when the engine is in trouble, by its own look or Alertmanager's, and once when that is over.",
  config,
  serves: [],
  asks: [smsRequest],
  publishes: [slackNotification],
  consumes: [],
  redis: [],
  keys: { main: looksAt.map((family) => ({ ...family, access: "read" })) },
  schedules: ["look"],
  jobs: [smsJob.name],
  writes: writings,

  async start({ bus, clock, config: env, jobs, logger, metrics, onStop, redis, schedule }) {
    const main = redis("main");
    const environment = env.ENVIRONMENT_NAME;
    const ownKey = ownKeys(NAME).in(environment);
    engineGauges({ metrics, redis: main, environment, clock });
    const { tell } = onCall({ bus, jobs, clock, numbers: env.ALERTS__SMS_NUMBERS });
    await jobs.work(smsJob, (data, job) => sendSms(bus, data, job), { attempts: SMS_ATTEMPTS });
    const token = env.ALERTS__WEBHOOK_TOKEN;
    if (token !== undefined) {
      const receive = relayNotices({ redis: main, key: `${ownKey}:alertmanager`, tell });
      const webhook = await openWebhook({ port: env.ALERTS__WEBHOOK_PORT, token, logger, receive });
      onStop(() => webhook.close());
    }
    const open = openAlerts(main, ownKey);
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
      if (now.getTime() >= judgesFrom) await look({ tell, redis: main, environment, now, limits, open }, run);
    });
  },
});
