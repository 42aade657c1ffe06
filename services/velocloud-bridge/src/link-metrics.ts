import { type Handler, ok } from "@trunkline/bus";
import type { getLinksMetricInfo } from "@trunkline/contracts";
import { z } from "zod";
import { ask, type Orchestrators } from "./orchestrators.ts";
import { unexpectedAnswer } from "./outcome.ts";

const rows = z.array(z.looseObject({ link: z.looseObject({}).nullish() }));

/** What every link of an Orchestrator carried and how well; each row's link says which host it is from. */
export function linkMetrics(orchestrators: Orchestrators): Handler<typeof getLinksMetricInfo> {
  return async ({ host, interval }, context) => {
    const call = { host, method: "monitoring/getAggregateEdgeLinkMetrics", body: { interval } };
    const outcome = await ask(orchestrators, call, context);
    if (!outcome.ok) return outcome.reply;
    const { success, data } = rows.safeParse(outcome.body);
    if (!success) return unexpectedAnswer();
    return ok(
      data.map((row) => ({ ...row, link: { ...row.link, host } })),
      outcome.status,
    );
  };
}
