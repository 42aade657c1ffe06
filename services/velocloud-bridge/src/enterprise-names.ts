import { type Handler, type HandlerReply, ok, refuse } from "@trunkline/bus";
import type { requestEnterprisesNames } from "@trunkline/contracts";
import type { Caller } from "@trunkline/http";
import { z } from "zod";
import { ask, type Orchestrators } from "./orchestrators.ts";
import { unexpectedAnswer } from "./outcome.ts";

const aggregates = z.object({ enterprises: z.array(z.object({ name: z.string().nullish() })) });

/**
 * Names of the enterprises of all configured Orchestrators, by host in the order of the configuration. All or nothing:
 * with one host missing, a name that is not there would mean nothing.
 */
export function enterpriseNames(orchestrators: Orchestrators): Handler<typeof requestEnterprisesNames> {
  return async ({ filter }, context) => {
    const answers = await Promise.all([...orchestrators.keys()].map((host) => namesOf(orchestrators, host, context)));
    const failures = answers.flatMap(({ failure }) => failure ?? []);
    if (failures.length > 0) return refuse(500, failures.join("; "));
    const names = answers.flatMap((answer) => answer.names ?? []);
    // A name that is asked for twice is told twice.
    return ok(filter.length === 0 ? names : names.flatMap((name) => filter.filter((wanted) => wanted === name)));
  };
}

async function namesOf(
  orchestrators: Orchestrators,
  host: string,
  caller: Caller,
): Promise<{ readonly names?: readonly string[]; readonly failure?: string }> {
  const outcome = await ask(orchestrators, { host, method: "monitoring/getAggregates", body: {} }, caller);
  if (!outcome.ok) return { failure: failureAt(host, outcome.reply) };
  const { success, data } = aggregates.safeParse(outcome.body);
  if (!success) return { failure: failureAt(host, unexpectedAnswer()) };
  return { names: data.enterprises.flatMap(({ name }) => name ?? []) };
}

function failureAt(host: string, { status, body }: HandlerReply): string {
  const why = typeof body === "string" ? body : JSON.stringify(body);
  return `Enterprises of ${host} could not be had (${status}): ${why}`;
}
