import type { RequestOptions } from "@trunkline/bus";
import type { BodyOf, ReplyOf, RequestContract } from "@trunkline/contracts";
import type { MonitorBus } from "./desk.ts";
import { CallFailed, Withheld } from "./errors.ts";

/** A request with what it asks. */
export interface Call<C extends RequestContract> extends RequestOptions {
  readonly body: BodyOf<C>;
}

/**
 * Asks and returns the body of a 2xx reply.
 *
 * @throws CallFailed when the reply is another or there is none
 * @throws Withheld when a dry run kept the write from being sent
 */
export async function ask<C extends RequestContract>(
  bus: MonitorBus<NoInfer<C>>,
  contract: C,
  { body, ...options }: Call<C>,
): Promise<ReplyOf<C>> {
  const reply = await bus.request(contract, body, options);
  if (reply.ok) return reply.body;
  if (reply.withheld) throw new Withheld(contract.subject);
  // Whoever stopped the work is not interested in what became of it.
  options.signal?.throwIfAborted();
  throw new CallFailed(contract.subject, reply.status);
}
