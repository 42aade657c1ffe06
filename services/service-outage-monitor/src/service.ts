import { createTroubles, triageClaims, withheldDecisions } from "@trunkline/monitor";
import { defineService } from "@trunkline/service";
import { createCollector } from "./collect.ts";
import { config } from "./config.ts";
import { documentationJob, documentOutage } from "./document-outage.ts";
import type { Monitor } from "./monitor.ts";
import { outageMetrics } from "./outage-metrics.ts";
import { pass } from "./pass.ts";
import { quarantineJob, recheck } from "./recheck.ts";
import { resolutionJob, resolveTicket } from "./resolve-ticket.ts";
import { settingsOf } from "./settings.ts";
import { notifications, questions } from "./subjects.ts";

export const service = defineService({
  name: "service-outage-monitor",
  summary: "Opens, documents, ranks and resolves outage tickets for SD-WAN edges and links.",
  config,
  serves: [],
  asks: questions,
  publishes: notifications,
  consumes: [],
  redis: [],
  schedules: ["outage-pass"],
  jobs: [quarantineJob.name, documentationJob.name, resolutionJob.name],

  async start({ bus, clock, config: env, jobs, logger, metrics, redis, schedule }) {
    const settings = settingsOf(env);
    const prefix = `${env.ENVIRONMENT_NAME}:service-outage-monitor`;
    const troubles = createTroubles({ redis: redis("main"), prefix, logger });
    const monitor: Monitor = {
      bus,
      jobs,
      redis: redis("main"),
      prefix,
      clock,
      logger,
      settings,
      metrics: outageMetrics(metrics, settings.metrics),
      troubles,
      withheldDecisions: withheldDecisions(redis("main"), prefix),
      claims: triageClaims(redis("main"), env.ENVIRONMENT_NAME),
      collector: createCollector({ bus, clock, settings, troubles }),
    };
    // A recheck costs nothing once the snapshot is there. A read that fails is tried for half a minute; then the next
    // pass begins anew.
    await jobs.work(quarantineJob, (data, job) => recheck(monitor, data, job), { concurrency: 32, attempts: 6 });
    // Bruin works on so many of our tickets at once. What has begun is tried for about ten minutes.
    await jobs.work(documentationJob, (data, job) => documentOutage(monitor, data, job), {
      concurrency: 8,
      attempts: 15,
    });
    await jobs.work(resolutionJob, (data, job) => resolveTicket(monitor, data, job), { concurrency: 5, attempts: 15 });
    for (const host of settings.hosts) {
      await schedule({ name: "outage-pass", key: host, every: settings.passSeconds, atStart: true }, (run) =>
        pass(monitor, host, run),
      );
    }
  },
});
