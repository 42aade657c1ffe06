import { z } from "zod";
import { contractsOf } from "./contract.ts";
import { wireId } from "./wire.ts";

const { message } = contractsOf("service-outage-monitor", "task_dispatcher");

/** A label as the dispatcher hands it on: flags travel as JSON's own. */
const label = z.union([z.string(), z.number(), z.boolean(), z.null()]).optional();

export const outageForwardDone = message({
  subject: "task_dispatcher.service-outage-monitor.ticket_forwards.success",
  effect: "read",
  description: "The existing fleet's task-dispatcher moved a task of an outage ticket into a work queue.",
  envelope: "bare",
  body: z.looseObject({
    ticket_id: wireId,
    serial_number: z.string(),
    target_queue: z.string(),
    detail_id: wireId.nullish(),
    metrics_labels: z
      .looseObject({
        client: label,
        outage_type: label,
        severity: label,
        target_queue: label,
        has_digi: label,
        has_byob: label,
        link_types: label,
      })
      .nullish()
      .describe("Of the counter `tasks_forwarded_total`"),
  }),
});
