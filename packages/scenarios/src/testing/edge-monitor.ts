import {
  appendTicketNote,
  contractsOf,
  getLinksWithEdgeInfo,
  getTicketDetails,
  slackNotification,
} from "@trunkline/contracts";
import type { JobKind } from "@trunkline/jobs";
import { defineService, text } from "@trunkline/service";
import { Counter } from "prom-client";
import { z } from "zod";

const { message } = contractsOf("edge-monitor", "edge_monitor");
const seen = message({
  subject: "edge.seen",
  effect: "write",
  description: "Somebody saw an edge.",
  body: z.object({ serial: z.string() }),
  envelope: "bare",
});

const recheck = { name: "edge-recheck", data: z.object({ serial: z.string() }) } satisfies JobKind;

/**
 * A small monitor: a look finds edges that are offline, and comes back to each an hour later. Then it appends a note to
 * ticket 1, tells Slack and counts. Whoever is seen meanwhile is left alone.
 */
export const service = defineService({
  name: "edge-monitor",
  summary: "For tests of the scenario runner.",
  config: { HOST: text() },
  serves: [],
  asks: [getLinksWithEdgeInfo, getTicketDetails, appendTicketNote],
  publishes: [slackNotification],
  consumes: [seen],
  redis: [],
  schedules: ["look"],
  jobs: [recheck.name],
  async start({ bus, clock, config, jobs, metrics, schedule }) {
    const told = new Counter({ name: "edges_told_total", help: "told", labelNames: ["serial"], registers: [metrics] });
    await jobs.work(recheck, async ({ serial }, { key }) => {
      const ticket = await bus.request(getTicketDetails, { ticket_id: 1 });
      if (!ticket.ok) throw new Error("the ticket cannot be read");
      const note = { ticket_id: 1, note: `Offline:\n${serial}`, service_numbers: [serial] };
      const { ok: isNoted } = await bus.request(appendTicketNote, note, { idempotencyKey: key });
      await bus.publish(slackNotification, { message: isNoted ? `noted ${serial}` : `could not note ${serial}` });
      told.inc({ serial });
    });
    await bus.consume(seen, async ({ serial }) => void (await jobs.cancel(recheck, serial)));
    await schedule({ name: "look", every: 60 }, async () => {
      const rows = await bus.request(getLinksWithEdgeInfo, { host: config.HOST });
      if (!rows.ok) throw new Error(`links: ${rows.status}`);
      for (const { edgeState, edgeSerialNumber: serial } of rows.body) {
        if (edgeState !== "OFFLINE" || serial === null) continue;
        const dueAt = new Date(clock.now().getTime() + 3_600_000);
        await jobs.schedule(recheck, { key: serial, dueAt, data: { serial } });
      }
    });
  },
});
