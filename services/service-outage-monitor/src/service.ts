import { outageForwardDone } from "@trunkline/contracts";
import { createTroubles, triageClaimKeys, triageClaims, withheldDecisions } from "@trunkline/monitor";
import { defineService, ownKeys } from "@trunkline/service";
import { config } from "./config.ts";
import { documentationJob, documentOutage } from "./documentation/document-outage.ts";
import { dispatcherKeys, dispatcherQueue } from "./forwards/dispatcher-queue.ts";
import { noteForward } from "./forwards/dispatcher-tidings.ts";
import { carryForward, forwardJob } from "./forwards/forward.ts";
import { forwardMemory } from "./forwards/forward-memory.ts";
import type { Monitor } from "./monitor.ts";
import { outageMetrics } from "./outage-metrics.ts";
import { createCollector } from "./pass/collect.ts";
import { massOutageJob, tellOfMassOutage } from "./pass/mass-outage.ts";
import { pass } from "./pass/pass.ts";
import { quarantineJob, recheck } from "./pass/recheck.ts";
import { resolutionJob, resolveTicket } from "./resolution/resolve-ticket.ts";
import { settingsOf } from "./settings.ts";
import { notifications, questions, tidings } from "./subjects.ts";
import { writings } from "./writings/writings.ts";

const NAME = "service-outage-monitor";

export const service = defineService({
  name: NAME,
  summary: "Opens, documents, ranks and resolves outage tickets for SD-WAN edges and links.",
  config,
  serves: [],
  asks: questions,
  publishes: notifications,
  consumes: tidings,
  redis: [],
  keys: { main: [triageClaimKeys, dispatcherKeys.times, dispatcherKeys.tasks] },
  schedules: ["outage-pass"],
  jobs: [quarantineJob.name, documentationJob.name, resolutionJob.name, forwardJob.name, massOutageJob.name],
  writes: writings,

  async start({ bus, clock, config: env, jobs, logger, metrics, redis, schedule }) {
    const settings = settingsOf(env);
    const prefix = ownKeys(NAME).in(env.ENVIRONMENT_NAME);
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
      forwards: forwardMemory(redis("main"), prefix),
      dispatcher: dispatcherQueue(redis("main"), env.ENVIRONMENT_NAME),
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
    await jobs.work(massOutageJob, (data) => tellOfMassOutage(monitor, data));
    await jobs.work(forwardJob, (data, job) => carryForward(monitor, data, job), {
      concurrency: 8,
      // Six hours, as long as the existing fleet tries.
      attempts: 370,
    });
    await bus.consume(outageForwardDone, (body) => noteForward(monitor, body));
    for (const host of settings.hosts) {
      await schedule({ name: "outage-pass", key: host, every: settings.passSeconds, atStart: true }, (run) =>
        pass(monitor, host, run),
      );
    }
  },
});
