import { createTroubles, triageClaimKeys, triageClaims, withheldDecisions } from "@trunkline/monitor";
import { defineService, ownKeys } from "@trunkline/service";
import { config } from "./config.ts";
import { explain, explanationJob } from "./explain.ts";
import { pass } from "./pass.ts";
import { settingsOf } from "./settings.ts";
import { notifications, questions } from "./subjects.ts";
import type { Triage } from "./triage.ts";
import { eventsJob, writeEvents } from "./write-events.ts";
import { writings } from "./writings.ts";

const NAME = "service-outage-triage";

export const service = defineService({
  name: NAME,
  summary: "Keeps open outage tickets explained: a triage note where there is none, and what has happened since.",
  config,
  serves: [],
  asks: questions,
  publishes: notifications,
  consumes: [],
  redis: [],
  keys: { main: [triageClaimKeys] },
  schedules: ["triage-pass"],
  jobs: [explanationJob.name, eventsJob.name],
  writes: writings,

  async start({ bus, clock, config: env, jobs, logger, redis, schedule }) {
    const settings = settingsOf(env);
    const prefix = ownKeys(NAME).in(env.ENVIRONMENT_NAME);
    const triage: Triage = {
      bus,
      jobs,
      redis: redis("main"),
      prefix,
      clock,
      logger,
      settings,
      troubles: createTroubles({ redis: redis("main"), prefix, logger }),
      withheldDecisions: withheldDecisions(redis("main"), prefix),
      claims: triageClaims(redis("main"), env.ENVIRONMENT_NAME),
    };
    // A query for events may take minutes, so that a slow Orchestrator must not hold up the tickets of the others.
    await jobs.work(explanationJob, (data, job) => explain(triage, data, job), { concurrency: 8, attempts: 8 });
    await jobs.work(eventsJob, (data, job) => writeEvents(triage, data, job), { concurrency: 8, attempts: 8 });
    for (const host of settings.hosts) {
      await schedule({ name: "triage-pass", key: host, every: settings.passSeconds, atStart: true }, (run) =>
        pass(triage, host, run),
      );
    }
  },
});
